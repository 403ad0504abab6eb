SELECT
  *
FROM (
  SELECT
    "t31"."cover",
    "t31"."target",
    "t31"."activity",
    "t31"."breakdown",
    "t31"."freq",
    "t31"."period",
    "t31"."period_start",
    "t31"."period_end",
    "t31"."issuer",
    "t30"."other_cover",
    "t30"."other_issuer",
    "t30"."other_period",
    "t31"."have",
    "t31"."needed",
    CASE
      WHEN "t30"."below" = 0
      THEN CAST(NULL AS DOUBLE)
      ELSE (
        "t31"."value" / "t30"."below"
      ) * CAST($scale AS DOUBLE)
    END AS "value"
  FROM (
    SELECT
      "t27"."cover",
      "t27"."target",
      "t27"."activity",
      "t27"."breakdown",
      "t27"."freq",
      "t27"."period",
      "t27"."period_start",
      "t27"."period_end",
      "t27"."issuer",
      "t27"."unit",
      "t27"."have",
      "t27"."needed",
      "t27"."value",
      CASE
        WHEN ARRAY_LENGTH(CAST($other_periods::varchar[] AS TEXT[])) > 0
        THEN ''
        ELSE "t27"."freq" || ' ' || "t27"."period"
      END AS "span"
    FROM (
      SELECT
        "t25".*
        EXCLUDE ("total")
      FROM (
        SELECT
          "t23"."cover",
          "t23"."target",
          "t23"."activity",
          "t23"."breakdown",
          "t23"."freq",
          "t23"."period",
          "t23"."period_start",
          "t23"."period_end",
          "t23"."issuer",
          "t23"."unit",
          "t23"."total",
          "t23"."have",
          "t23"."needed",
          CASE
            WHEN "t23"."have" = "t23"."needed"
            THEN "t23"."total"
            ELSE CAST(NULL AS DOUBLE)
          END AS "value"
        FROM (
          SELECT
            "t21"."cover",
            "t21"."target",
            "t21"."activity",
            "t21"."breakdown",
            "t21"."freq",
            "t21"."period",
            "t21"."period_start",
            "t21"."period_end",
            "t21"."issuer",
            "t21"."unit",
            LIST_SUM(
              ARRAY_AGG("t21"."part" ORDER BY "t21"."source" ASC) FILTER(WHERE
                "t21"."part" IS NOT NULL)
            ) AS "total",
            COUNT("t21"."part") AS "have",
            MAX("t21"."needed") AS "needed"
          FROM (
            SELECT
              "t19"."dataflow",
              "t19"."indicator",
              "t19"."area_key",
              "t19"."activity",
              "t19"."breakdown",
              "t19"."issuer",
              "t19"."freq",
              "t19"."period",
              "t19"."period_start",
              "t19"."period_end",
              "t19"."value",
              "t19"."mark",
              "t19"."decimals",
              "t19"."unit",
              "t19"."status",
              "t19"."note",
              "t19"."published_from",
              "t19"."published_precision",
              "t19"."document",
              "t19"."file_name",
              "t19"."file_sha256",
              "t19"."sheet",
              "t19"."cell",
              "t19"."origin_sheet",
              "t19"."origin_cell",
              "t19"."parser",
              "t19"."submission",
              "t19"."release",
              "t19"."published_to",
              "t19"."recorded_from",
              "t19"."recorded_to",
              "t19"."cover",
              "t19"."target",
              "t19"."source",
              "t19"."share",
              "t19"."since",
              "t19"."until",
              "t19"."needed",
              "t19"."value" * "t19"."share" AS "part"
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
          ) AS "t21"
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
        ) AS "t23"
      ) AS "t25"
    ) AS "t27"
  ) AS "t31"
  INNER JOIN (
    SELECT
      "t26"."target",
      "t26"."activity",
      "t26"."breakdown",
      CASE
        WHEN ARRAY_LENGTH(CAST($other_periods::varchar[] AS TEXT[])) > 0
        THEN ''
        ELSE "t26"."freq" || ' ' || "t26"."period"
      END AS "span",
      "t26"."cover" AS "other_cover",
      "t26"."issuer" AS "other_issuer",
      "t26"."period" AS "other_period",
      "t26"."value" AS "below"
    FROM (
      SELECT
        "t24".*
        EXCLUDE ("total")
      FROM (
        SELECT
          "t22"."cover",
          "t22"."target",
          "t22"."activity",
          "t22"."breakdown",
          "t22"."freq",
          "t22"."period",
          "t22"."period_start",
          "t22"."period_end",
          "t22"."issuer",
          "t22"."unit",
          "t22"."total",
          "t22"."have",
          "t22"."needed",
          CASE
            WHEN "t22"."have" = "t22"."needed"
            THEN "t22"."total"
            ELSE CAST(NULL AS DOUBLE)
          END AS "value"
        FROM (
          SELECT
            "t20"."cover",
            "t20"."target",
            "t20"."activity",
            "t20"."breakdown",
            "t20"."freq",
            "t20"."period",
            "t20"."period_start",
            "t20"."period_end",
            "t20"."issuer",
            "t20"."unit",
            LIST_SUM(
              ARRAY_AGG("t20"."part" ORDER BY "t20"."source" ASC) FILTER(WHERE
                "t20"."part" IS NOT NULL)
            ) AS "total",
            COUNT("t20"."part") AS "have",
            MAX("t20"."needed") AS "needed"
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
              "t18"."value" * "t18"."share" AS "part"
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
                            AND CASE
                              WHEN ARRAY_LENGTH(CAST($other_periods::varchar[] AS TEXT[])) > 0
                              THEN ARRAY_CONTAINS(CAST($other_periods::varchar[] AS TEXT[]), "t0"."period")
                              ELSE (
                                "t0"."period_start" >= CAST($first AS DATE)
                              )
                              AND (
                                "t0"."period_end" <= CAST($last AS DATE)
                              )
                            END
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
          ) AS "t20"
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
        ) AS "t22"
      ) AS "t24"
    ) AS "t26"
  ) AS "t30"
    ON "t31"."target" = "t30"."target"
    AND "t31"."activity" = "t30"."activity"
    AND "t31"."breakdown" = "t30"."breakdown"
    AND "t31"."span" = "t30"."span"
) AS "t32"
ORDER BY
  "t32"."cover" ASC,
  "t32"."target" ASC,
  "t32"."activity" ASC,
  "t32"."breakdown" ASC,
  "t32"."freq" ASC,
  "t32"."period" ASC,
  "t32"."period_start" ASC,
  "t32"."period_end" ASC,
  "t32"."issuer" ASC,
  "t32"."other_cover" ASC,
  "t32"."other_issuer" ASC,
  "t32"."other_period" ASC
