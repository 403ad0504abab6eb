SELECT
  *
FROM "obs" AS "t0"
WHERE
  "t0"."indicator" = $indicator
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
  AND "t0"."period_start" >= CAST($first AS DATE)
  AND "t0"."period_end" <= CAST($last AS DATE)
ORDER BY
  "t0"."indicator" ASC,
  "t0"."area_key" ASC,
  "t0"."activity" ASC,
  "t0"."breakdown" ASC,
  "t0"."issuer" ASC,
  "t0"."freq" ASC,
  "t0"."period_start" ASC,
  "t0"."period" ASC,
  "t0"."published_from" ASC,
  "t0"."recorded_from" ASC
