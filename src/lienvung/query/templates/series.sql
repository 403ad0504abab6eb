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
    MAX("t1"."unit") AS "unit",
    FIRST("t1"."period" ORDER BY "t1"."period_start") AS "first_period",
    FIRST("t1"."period" ORDER BY "t1"."period_end" DESC) AS "last_period",
    MIN("t1"."period_start") AS "first_day",
    MAX("t1"."period_end") AS "last_day",
    SUM(
      CAST((
        "t1"."published_from" <= CAST($published AS DATE)
      )
      AND (
        "t1"."published_to" > CAST($published AS DATE)
      ) AS INT)
    ) AS "observations",
    COUNT(*) AS "vintages",
    MAX("t1"."published_from") AS "last_published",
    MAX("t1"."recorded_from") AS "last_recorded"
  FROM (
    SELECT
      *
    FROM "obs" AS "t0"
    WHERE
      "t0"."recorded_from" <= CAST($recorded AS TIMESTAMP)
      AND "t0"."recorded_to" > CAST($recorded AS TIMESTAMP)
  ) AS "t1"
  GROUP BY
    1,
    2,
    3,
    4,
    5,
    6,
    7
) AS "t2"
ORDER BY
  "t2"."dataflow" ASC,
  "t2"."indicator" ASC,
  "t2"."area_key" ASC,
  "t2"."activity" ASC,
  "t2"."breakdown" ASC,
  "t2"."issuer" ASC,
  "t2"."freq" ASC
