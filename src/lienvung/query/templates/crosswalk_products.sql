SELECT
  *
FROM (
  SELECT
    "t25"."cover",
    "t25"."target",
    "t25"."activity",
    "t25"."breakdown",
    "t25"."freq",
    "t25"."period",
    "t25"."period_start",
    "t25"."period_end",
    "t25"."issuer",
    "t25"."other_issuer",
    LIST_SUM(
      ARRAY_AGG("t25"."part" ORDER BY "t25"."source" ASC) FILTER(WHERE
        "t25"."part" IS NOT NULL)
    ) AS "part",
    LIST_SUM(
      ARRAY_AGG("t25"."weight" ORDER BY "t25"."source" ASC) FILTER(WHERE
        "t25"."weight" IS NOT NULL)
    ) AS "weight",
    COUNT("t25"."part") AS "have",
    MAX("t25"."needed") AS "needed"
  FROM (
    SELECT
      "t24"."dataflow",
      "t24"."indicator",
      "t24"."area_key",
      "t24"."activity",
      "t24"."breakdown",
      "t24"."issuer",
      "t24"."freq",
      "t24"."period",
      "t24"."period_start",
      "t24"."period_end",
      "t24"."value",
      "t24"."mark",
      "t24"."decimals",
      "t24"."unit",
      "t24"."status",
      "t24"."note",
      "t24"."published_from",
      "t24"."published_precision",
      "t24"."document",
      "t24"."file_name",
      "t24"."file_sha256",
      "t24"."sheet",
      "t24"."cell",
      "t24"."origin_sheet",
      "t24"."origin_cell",
      "t24"."parser",
      "t24"."submission",
      "t24"."release",
      "t24"."published_to",
      "t24"."recorded_from",
      "t24"."recorded_to",
      "t24"."cover",
      "t24"."target",
      "t24"."source",
      "t24"."share",
      "t24"."since",
      "t24"."until",
      "t24"."needed",
      "t24"."branch",
      "t24"."other_value",
      "t24"."other_issuer",
      "t24"."value" * "t24"."other_value" * "t24"."share" AS "part",
      CASE
        WHEN "t24"."value" IS NOT NULL
        THEN "t24"."other_value" * "t24"."share"
        ELSE CAST(NULL AS DOUBLE)
      END AS "weight"
    FROM (
      SELECT
        "t23"."dataflow",
        "t23"."indicator",
        "t23"."area_key",
        "t23"."activity",
        "t23"."breakdown",
        "t23"."issuer",
        "t23"."freq",
        "t23"."period",
        "t23"."period_start",
        "t23"."period_end",
        "t23"."value",
        "t23"."mark",
        "t23"."decimals",
        "t23"."unit",
        "t23"."status",
        "t23"."note",
        "t23"."published_from",
        "t23"."published_precision",
        "t23"."document",
        "t23"."file_name",
        "t23"."file_sha256",
        "t23"."sheet",
        "t23"."cell",
        "t23"."origin_sheet",
        "t23"."origin_cell",
        "t23"."parser",
        "t23"."submission",
        "t23"."release",
        "t23"."published_to",
        "t23"."recorded_from",
        "t23"."recorded_to",
        "t23"."cover",
        "t23"."target",
        "t23"."source",
        "t23"."share",
        "t23"."since",
        "t23"."until",
        "t23"."needed",
        "t23"."branch",
        "t22"."other_value",
        "t22"."other_issuer"
      FROM (
        SELECT
          "t18"."dataflow",
          "t18"."indicator",
          "t18"."area_key",
          "t18"."activity",
          "t18"."breakdown",
          "t18"."issuer",
          "t18"."freq",
          "t18"."period",
          "t18"."period_start",
          "t18"."period_end",
          "t18"."value",
          "t18"."mark",
          "t18"."decimals",
          "t18"."unit",
          "t18"."status",
          "t18"."note",
          "t18"."published_from",
          "t18"."published_precision",
          "t18"."document",
          "t18"."file_name",
          "t18"."file_sha256",
          "t18"."sheet",
          "t18"."cell",
          "t18"."origin_sheet",
          "t18"."origin_cell",
          "t18"."parser",
          "t18"."submission",
          "t18"."release",
          "t18"."published_to",
          "t18"."recorded_from",
          "t18"."recorded_to",
          "t18"."cover",
          "t18"."target",
          "t18"."source",
          "t18"."share",
          "t18"."since",
          "t18"."until",
          "t18"."needed",
          CASE
            WHEN ARRAY_CONTAINS(CAST($whole::varchar[] AS TEXT[]), 'activity')
            THEN '_T'
            ELSE "t18"."activity"
          END AS "branch"
        FROM (
          SELECT
            "t16".*
            EXCLUDE ("place")
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t12"."dataflow",
                "t12"."indicator",
                "t12"."area_key",
                "t12"."activity",
                "t12"."breakdown",
                "t12"."issuer",
                "t12"."freq",
                "t12"."period",
                "t12"."period_start",
                "t12"."period_end",
                "t12"."value",
                "t12"."mark",
                "t12"."decimals",
                "t12"."unit",
                "t12"."status",
                "t12"."note",
                "t12"."published_from",
                "t12"."published_precision",
                "t12"."document",
                "t12"."file_name",
                "t12"."file_sha256",
                "t12"."sheet",
                "t12"."cell",
                "t12"."origin_sheet",
                "t12"."origin_cell",
                "t12"."parser",
                "t12"."submission",
                "t12"."release",
                "t12"."published_to",
                "t12"."recorded_from",
                "t12"."recorded_to",
                "t12"."cover",
                "t12"."target",
                "t12"."source",
                "t12"."share",
                "t12"."since",
                "t12"."until",
                "t12"."needed",
                ROW_NUMBER() OVER (
                  PARTITION BY "t12"."indicator", "t12"."cover", "t12"."target", "t12"."activity", "t12"."breakdown", "t12"."freq", "t12"."period", "t12"."period_start", "t12"."period_end", "t12"."source", "t12"."issuer"
                  ORDER BY "t12"."published_from" DESC, "t12"."recorded_from" DESC, "t12"."document" ASC, "t12"."file_sha256" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "place"
              FROM (
                SELECT
                  "t10"."dataflow",
                  "t10"."indicator",
                  "t10"."area_key",
                  "t10"."activity",
                  "t10"."breakdown",
                  "t10"."issuer",
                  "t10"."freq",
                  "t10"."period",
                  "t10"."period_start",
                  "t10"."period_end",
                  "t10"."value",
                  "t10"."mark",
                  "t10"."decimals",
                  "t10"."unit",
                  "t10"."status",
                  "t10"."note",
                  "t10"."published_from",
                  "t10"."published_precision",
                  "t10"."document",
                  "t10"."file_name",
                  "t10"."file_sha256",
                  "t10"."sheet",
                  "t10"."cell",
                  "t10"."origin_sheet",
                  "t10"."origin_cell",
                  "t10"."parser",
                  "t10"."submission",
                  "t10"."release",
                  "t10"."published_to",
                  "t10"."recorded_from",
                  "t10"."recorded_to",
                  "t5"."cover",
                  "t5"."target",
                  "t5"."source",
                  "t5"."share",
                  "t5"."since",
                  "t5"."until",
                  "t5"."needed"
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
                        AND (
                          (
                            ARRAY_LENGTH(CAST($periods::varchar[] AS TEXT[])) = 0
                          )
                          OR ARRAY_CONTAINS(CAST($periods::varchar[] AS TEXT[]), "t0"."period")
                        )
                        AND "t0"."period_start" >= CAST($first AS DATE)
                        AND "t0"."period_end" <= CAST($last AS DATE)
                    ) AS "t2"
                    QUALIFY
                      NOT (
                        ARRAY_CONTAINS(CAST($totals::varchar[] AS TEXT[]), 'activity')
                      )
                      OR (
                        "t2"."activity" = '_T'
                      )
                      OR NOT (
                        BOOL_OR(CAST("t2"."activity" = '_T' AS BOOLEAN)) OVER (
                          PARTITION BY "t2"."indicator"
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        )
                      )
                  ) AS "t6"
                  QUALIFY
                    NOT (
                      ARRAY_CONTAINS(CAST($totals::varchar[] AS TEXT[]), 'breakdown')
                    )
                    OR (
                      "t6"."breakdown" = '_T'
                    )
                    OR NOT (
                      BOOL_OR(CAST("t6"."breakdown" = '_T' AS BOOLEAN)) OVER (
                        PARTITION BY "t6"."indicator"
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      )
                    )
                ) AS "t10"
                INNER JOIN (
                  SELECT
                    LIST_EXTRACT(CAST($cw_cover::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS "cover",
                    LIST_EXTRACT(CAST($cw_target::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS "target",
                    LIST_EXTRACT(CAST($cw_source::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS "source",
                    CAST(LIST_EXTRACT(CAST($cw_share::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS DOUBLE) AS "share",
                    CAST(LIST_EXTRACT(CAST($cw_since::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS DATE) AS "since",
                    CAST(LIST_EXTRACT(CAST($cw_until::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS DATE) AS "until",
                    CAST(LIST_EXTRACT(CAST($cw_needed::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS BIGINT) AS "needed"
                  FROM (
                    SELECT
                      UNNEST(RANGE(0, ARRAY_LENGTH(CAST($cw_source::varchar[] AS TEXT[])), 1)) AS "i"
                  ) AS "t1"
                ) AS "t5"
                  ON "t10"."area_key" = "t5"."source"
                  AND "t10"."period_end" >= "t5"."since"
                  AND "t10"."period_end" < "t5"."until"
              ) AS "t12"
            ) AS "t14"
            WHERE
              "t14"."place" = 0
          ) AS "t16"
        ) AS "t18"
      ) AS "t23"
      INNER JOIN (
        SELECT
          "t19"."cover",
          "t19"."target",
          "t19"."source",
          "t19"."breakdown",
          "t19"."freq",
          "t19"."period",
          "t19"."activity" AS "branch",
          "t19"."value" AS "other_value",
          "t19"."issuer" AS "other_issuer"
        FROM (
          SELECT
            "t17".*
            EXCLUDE ("place")
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t13"."dataflow",
                "t13"."indicator",
                "t13"."area_key",
                "t13"."activity",
                "t13"."breakdown",
                "t13"."issuer",
                "t13"."freq",
                "t13"."period",
                "t13"."period_start",
                "t13"."period_end",
                "t13"."value",
                "t13"."mark",
                "t13"."decimals",
                "t13"."unit",
                "t13"."status",
                "t13"."note",
                "t13"."published_from",
                "t13"."published_precision",
                "t13"."document",
                "t13"."file_name",
                "t13"."file_sha256",
                "t13"."sheet",
                "t13"."cell",
                "t13"."origin_sheet",
                "t13"."origin_cell",
                "t13"."parser",
                "t13"."submission",
                "t13"."release",
                "t13"."published_to",
                "t13"."recorded_from",
                "t13"."recorded_to",
                "t13"."cover",
                "t13"."target",
                "t13"."source",
                "t13"."share",
                "t13"."since",
                "t13"."until",
                "t13"."needed",
                ROW_NUMBER() OVER (
                  PARTITION BY "t13"."indicator", "t13"."cover", "t13"."target", "t13"."activity", "t13"."breakdown", "t13"."freq", "t13"."period", "t13"."period_start", "t13"."period_end", "t13"."source", "t13"."issuer"
                  ORDER BY "t13"."published_from" DESC, "t13"."recorded_from" DESC, "t13"."document" ASC, "t13"."file_sha256" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "place"
              FROM (
                SELECT
                  "t11"."dataflow",
                  "t11"."indicator",
                  "t11"."area_key",
                  "t11"."activity",
                  "t11"."breakdown",
                  "t11"."issuer",
                  "t11"."freq",
                  "t11"."period",
                  "t11"."period_start",
                  "t11"."period_end",
                  "t11"."value",
                  "t11"."mark",
                  "t11"."decimals",
                  "t11"."unit",
                  "t11"."status",
                  "t11"."note",
                  "t11"."published_from",
                  "t11"."published_precision",
                  "t11"."document",
                  "t11"."file_name",
                  "t11"."file_sha256",
                  "t11"."sheet",
                  "t11"."cell",
                  "t11"."origin_sheet",
                  "t11"."origin_cell",
                  "t11"."parser",
                  "t11"."submission",
                  "t11"."release",
                  "t11"."published_to",
                  "t11"."recorded_from",
                  "t11"."recorded_to",
                  "t5"."cover",
                  "t5"."target",
                  "t5"."source",
                  "t5"."share",
                  "t5"."since",
                  "t5"."until",
                  "t5"."needed"
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
                        "t0"."indicator" = $other
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
                    ) AS "t3"
                    QUALIFY
                      NOT (
                        ARRAY_CONTAINS(CAST($totals::varchar[] AS TEXT[]), 'activity')
                      )
                      OR (
                        "t3"."activity" = '_T'
                      )
                      OR NOT (
                        BOOL_OR(CAST("t3"."activity" = '_T' AS BOOLEAN)) OVER (
                          PARTITION BY "t3"."indicator"
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        )
                      )
                  ) AS "t7"
                  QUALIFY
                    NOT (
                      ARRAY_CONTAINS(CAST($totals::varchar[] AS TEXT[]), 'breakdown')
                    )
                    OR (
                      "t7"."breakdown" = '_T'
                    )
                    OR NOT (
                      BOOL_OR(CAST("t7"."breakdown" = '_T' AS BOOLEAN)) OVER (
                        PARTITION BY "t7"."indicator"
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      )
                    )
                ) AS "t11"
                INNER JOIN (
                  SELECT
                    LIST_EXTRACT(CAST($cw_cover::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS "cover",
                    LIST_EXTRACT(CAST($cw_target::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS "target",
                    LIST_EXTRACT(CAST($cw_source::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS "source",
                    CAST(LIST_EXTRACT(CAST($cw_share::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS DOUBLE) AS "share",
                    CAST(LIST_EXTRACT(CAST($cw_since::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS DATE) AS "since",
                    CAST(LIST_EXTRACT(CAST($cw_until::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS DATE) AS "until",
                    CAST(LIST_EXTRACT(CAST($cw_needed::varchar[] AS TEXT[]), "t1"."i" + CAST("t1"."i" >= 0 AS BIGINT)) AS BIGINT) AS "needed"
                  FROM (
                    SELECT
                      UNNEST(RANGE(0, ARRAY_LENGTH(CAST($cw_source::varchar[] AS TEXT[])), 1)) AS "i"
                  ) AS "t1"
                ) AS "t5"
                  ON "t11"."area_key" = "t5"."source"
                  AND "t11"."period_end" >= "t5"."since"
                  AND "t11"."period_end" < "t5"."until"
              ) AS "t13"
            ) AS "t15"
            WHERE
              "t15"."place" = 0
          ) AS "t17"
        ) AS "t19"
      ) AS "t22"
        ON "t23"."cover" = "t22"."cover"
        AND "t23"."target" = "t22"."target"
        AND "t23"."source" = "t22"."source"
        AND "t23"."breakdown" = "t22"."breakdown"
        AND "t23"."freq" = "t22"."freq"
        AND "t23"."period" = "t22"."period"
        AND "t23"."branch" = "t22"."branch"
    ) AS "t24"
  ) AS "t25"
  GROUP BY
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10
) AS "t26"
WHERE
  "t26"."have" = "t26"."needed"
ORDER BY
  "t26"."cover" ASC,
  "t26"."target" ASC,
  "t26"."activity" ASC,
  "t26"."breakdown" ASC,
  "t26"."freq" ASC,
  "t26"."period" ASC,
  "t26"."period_start" ASC,
  "t26"."period_end" ASC,
  "t26"."issuer" ASC,
  "t26"."other_issuer" ASC
