SELECT
  *
FROM (
  SELECT
    "t14".*
    EXCLUDE ("total")
  FROM (
    SELECT
      "t13"."cover",
      "t13"."target",
      "t13"."activity",
      "t13"."breakdown",
      "t13"."freq",
      "t13"."period",
      "t13"."period_start",
      "t13"."period_end",
      "t13"."issuer",
      "t13"."unit",
      "t13"."total",
      "t13"."have",
      "t13"."needed",
      CASE
        WHEN "t13"."have" = "t13"."needed"
        THEN "t13"."total"
        ELSE CAST(NULL AS DOUBLE)
      END AS "value"
    FROM (
      SELECT
        "t12"."cover",
        "t12"."target",
        "t12"."activity",
        "t12"."breakdown",
        "t12"."freq",
        "t12"."period",
        "t12"."period_start",
        "t12"."period_end",
        "t12"."issuer",
        "t12"."unit",
        LIST_SUM(
          ARRAY_AGG("t12"."part" ORDER BY "t12"."source" ASC) FILTER(WHERE
            "t12"."part" IS NOT NULL)
        ) AS "total",
        COUNT("t12"."part") AS "have",
        MAX("t12"."needed") AS "needed"
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
          "t11"."cover",
          "t11"."target",
          "t11"."source",
          "t11"."share",
          "t11"."since",
          "t11"."until",
          "t11"."needed",
          "t11"."value" * "t11"."share" AS "part"
        FROM (
          SELECT
            "t10".*
            EXCLUDE ("place")
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t8"."dataflow",
                "t8"."indicator",
                "t8"."area_key",
                "t8"."activity",
                "t8"."breakdown",
                "t8"."issuer",
                "t8"."freq",
                "t8"."period",
                "t8"."period_start",
                "t8"."period_end",
                "t8"."value",
                "t8"."mark",
                "t8"."decimals",
                "t8"."unit",
                "t8"."status",
                "t8"."note",
                "t8"."published_from",
                "t8"."published_precision",
                "t8"."document",
                "t8"."file_name",
                "t8"."file_sha256",
                "t8"."sheet",
                "t8"."cell",
                "t8"."origin_sheet",
                "t8"."origin_cell",
                "t8"."parser",
                "t8"."submission",
                "t8"."release",
                "t8"."published_to",
                "t8"."recorded_from",
                "t8"."recorded_to",
                "t8"."cover",
                "t8"."target",
                "t8"."source",
                "t8"."share",
                "t8"."since",
                "t8"."until",
                "t8"."needed",
                ROW_NUMBER() OVER (
                  PARTITION BY "t8"."indicator", "t8"."cover", "t8"."target", "t8"."activity", "t8"."breakdown", "t8"."freq", "t8"."period", "t8"."period_start", "t8"."period_end", "t8"."source", "t8"."issuer"
                  ORDER BY "t8"."published_from" DESC, "t8"."recorded_from" DESC, "t8"."document" ASC, "t8"."file_sha256" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "place"
              FROM (
                SELECT
                  "t7"."dataflow",
                  "t7"."indicator",
                  "t7"."area_key",
                  "t7"."activity",
                  "t7"."breakdown",
                  "t7"."issuer",
                  "t7"."freq",
                  "t7"."period",
                  "t7"."period_start",
                  "t7"."period_end",
                  "t7"."value",
                  "t7"."mark",
                  "t7"."decimals",
                  "t7"."unit",
                  "t7"."status",
                  "t7"."note",
                  "t7"."published_from",
                  "t7"."published_precision",
                  "t7"."document",
                  "t7"."file_name",
                  "t7"."file_sha256",
                  "t7"."sheet",
                  "t7"."cell",
                  "t7"."origin_sheet",
                  "t7"."origin_cell",
                  "t7"."parser",
                  "t7"."submission",
                  "t7"."release",
                  "t7"."published_to",
                  "t7"."recorded_from",
                  "t7"."recorded_to",
                  "t4"."cover",
                  "t4"."target",
                  "t4"."source",
                  "t4"."share",
                  "t4"."since",
                  "t4"."until",
                  "t4"."needed"
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
                  ) AS "t5"
                  QUALIFY
                    NOT (
                      ARRAY_CONTAINS(CAST($totals::varchar[] AS TEXT[]), 'breakdown')
                    )
                    OR (
                      "t5"."breakdown" = '_T'
                    )
                    OR NOT (
                      BOOL_OR(CAST("t5"."breakdown" = '_T' AS BOOLEAN)) OVER (
                        PARTITION BY "t5"."indicator"
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      )
                    )
                ) AS "t7"
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
                ) AS "t4"
                  ON "t7"."area_key" = "t4"."source"
                  AND "t7"."period_end" >= "t4"."since"
                  AND "t7"."period_end" < "t4"."until"
              ) AS "t8"
            ) AS "t9"
            WHERE
              "t9"."place" = 0
          ) AS "t10"
        ) AS "t11"
      ) AS "t12"
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
    ) AS "t13"
  ) AS "t14"
) AS "t15"
ORDER BY
  "t15"."cover" ASC,
  "t15"."target" ASC,
  "t15"."activity" ASC,
  "t15"."breakdown" ASC,
  "t15"."freq" ASC,
  "t15"."period" ASC,
  "t15"."period_start" ASC,
  "t15"."period_end" ASC,
  "t15"."issuer" ASC
