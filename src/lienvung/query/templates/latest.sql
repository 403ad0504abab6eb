SELECT
  *
FROM (
  SELECT
    "t3".*
    EXCLUDE ("place")
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t1"."dataflow",
        "t1"."indicator",
        "t1"."area_key",
        "t1"."activity",
        "t1"."breakdown",
        "t1"."issuer",
        "t1"."freq",
        "t1"."period",
        "t1"."period_start",
        "t1"."period_end",
        "t1"."value",
        "t1"."mark",
        "t1"."decimals",
        "t1"."unit",
        "t1"."status",
        "t1"."note",
        "t1"."published_from",
        "t1"."published_precision",
        "t1"."document",
        "t1"."file_name",
        "t1"."file_sha256",
        "t1"."sheet",
        "t1"."cell",
        "t1"."origin_sheet",
        "t1"."origin_cell",
        "t1"."parser",
        "t1"."submission",
        "t1"."release",
        "t1"."published_to",
        "t1"."recorded_from",
        "t1"."recorded_to",
        ROW_NUMBER() OVER (
          PARTITION BY "t1"."dataflow", "t1"."indicator", "t1"."area_key", "t1"."activity", "t1"."breakdown", "t1"."issuer", "t1"."freq"
          ORDER BY "t1"."period_end" DESC, "t1"."period" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "place"
      FROM (
        SELECT
          *
        FROM "obs" AS "t0"
        WHERE
          "t0"."recorded_from" <= CAST($recorded AS TIMESTAMP)
          AND "t0"."recorded_to" > CAST($recorded AS TIMESTAMP)
          AND "t0"."published_from" <= CAST($published AS DATE)
          AND "t0"."published_to" > CAST($published AS DATE)
          AND (
            (
              ARRAY_LENGTH(CAST($areas::varchar[] AS TEXT[])) = 0
            )
            OR ARRAY_CONTAINS(CAST($areas::varchar[] AS TEXT[]), "t0"."area_key")
          )
          AND "t0"."value" IS NOT NULL
      ) AS "t1"
    ) AS "t2"
    WHERE
      "t2"."place" = 0
  ) AS "t3"
) AS "t4"
ORDER BY
  "t4"."indicator" ASC,
  "t4"."area_key" ASC,
  "t4"."activity" ASC,
  "t4"."breakdown" ASC,
  "t4"."issuer" ASC,
  "t4"."freq" ASC,
  "t4"."period_start" ASC,
  "t4"."period" ASC,
  "t4"."published_from" ASC,
  "t4"."recorded_from" ASC
