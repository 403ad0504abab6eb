SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "obs" AS "t0"
      WHERE
        ARRAY_CONTAINS(CAST($indicators::varchar[] AS TEXT[]), "t0"."indicator")
        AND "t0"."recorded_from" <= CAST($recorded AS TIMESTAMP)
        AND "t0"."recorded_to" > CAST($recorded AS TIMESTAMP)
        AND "t0"."published_from" <= CAST($published AS DATE)
        AND "t0"."published_to" > CAST($published AS DATE)
        AND (
          (
            ARRAY_LENGTH(CAST($areas::varchar[] AS TEXT[])) = 0
          )
          OR ARRAY_CONTAINS(CAST($areas::varchar[] AS TEXT[]), "t0"."area_key")
        )
        AND (
          (
            ARRAY_LENGTH(CAST($issuers::varchar[] AS TEXT[])) = 0
          )
          OR ARRAY_CONTAINS(CAST($issuers::varchar[] AS TEXT[]), "t0"."issuer")
        )
        AND (
          (
            ARRAY_LENGTH(CAST($activities::varchar[] AS TEXT[])) = 0
          )
          OR ARRAY_CONTAINS(CAST($activities::varchar[] AS TEXT[]), "t0"."activity")
        )
        AND (
          (
            ARRAY_LENGTH(CAST($breakdowns::varchar[] AS TEXT[])) = 0
          )
          OR ARRAY_CONTAINS(CAST($breakdowns::varchar[] AS TEXT[]), "t0"."breakdown")
        )
        AND (
          (
            ARRAY_LENGTH(CAST($freqs::varchar[] AS TEXT[])) = 0
          )
          OR ARRAY_CONTAINS(CAST($freqs::varchar[] AS TEXT[]), "t0"."freq")
        )
        AND (
          (
            ARRAY_LENGTH(CAST($periods::varchar[] AS TEXT[])) = 0
          )
          OR ARRAY_CONTAINS(CAST($periods::varchar[] AS TEXT[]), "t0"."period")
        )
        AND "t0"."period_start" >= CAST($first AS DATE)
        AND "t0"."period_end" <= CAST($last AS DATE)
    ) AS "t1"
    QUALIFY
      NOT (
        ARRAY_CONTAINS(CAST($totals::varchar[] AS TEXT[]), 'activity')
      )
      OR (
        "t1"."activity" = '_T'
      )
      OR NOT (
        BOOL_OR(CAST("t1"."activity" = '_T' AS BOOLEAN)) OVER (
          PARTITION BY "t1"."indicator"
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        )
      )
  ) AS "t2"
  QUALIFY
    NOT (
      ARRAY_CONTAINS(CAST($totals::varchar[] AS TEXT[]), 'breakdown')
    )
    OR (
      "t2"."breakdown" = '_T'
    )
    OR NOT (
      BOOL_OR(CAST("t2"."breakdown" = '_T' AS BOOLEAN)) OVER (
        PARTITION BY "t2"."indicator"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      )
    )
) AS "t3"
ORDER BY
  "t3"."indicator" ASC,
  "t3"."area_key" ASC,
  "t3"."activity" ASC,
  "t3"."breakdown" ASC,
  "t3"."issuer" ASC,
  "t3"."freq" ASC,
  "t3"."period_start" ASC,
  "t3"."period" ASC,
  "t3"."published_from" ASC,
  "t3"."recorded_from" ASC
