package io.wavegate.node.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.s2s.check.Area;
import io.wavegate.s2s.check.Check;
import io.wavegate.s2s.check.CheckReport;
import io.wavegate.s2s.check.Severity;
import io.wavegate.s2s.check.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports of checks as JSON; {@code docs/admin-api/openapi.yaml} describes the form. */
public final class CheckJson {
    private CheckJson() {}

    /** An object with all reports. */
    public static ObjectNode write(List<CheckReport> reports) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("reports");
        reports.forEach(report -> list.add(write(report)));
        return answer;
    }

    private static ObjectNode write(CheckReport report) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("subject", report.subject())
                .put("local", report.local())
                .put("worst", lower(report.worst()));
        ArrayNode checks = json.putArray("checks");
        report.checks().forEach(check -> checks.add(write(check)));
        return json;
    }

    private static ObjectNode write(Check check) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", check.id())
                .put("area", lower(check.area()))
                .put("severity", lower(check.severity()))
                .put("side", lower(check.side()))
                .put("finding", check.finding());
        if (!check.remedy().isEmpty()) {
            json.put("remedy", check.remedy());
        }
        check.millis().ifPresent(millis -> json.put("millis", millis));
        return json;
    }

    /** Reads what {@link #write(List)} wrote. */
    public static List<CheckReport> read(JsonNode answer) throws JsonFormException {
        List<CheckReport> reports = new ArrayList<>();
        for (JsonNode report : JsonFields.array(answer, "reports", "the answer")) {
            List<Check> checks = new ArrayList<>();
            for (JsonNode check : JsonFields.array(report, "checks", "the report")) {
                checks.add(check(check));
            }
            reports.add(new CheckReport(
                    JsonFields.text(report, "subject", "the report"),
                    JsonFields.text(report, "local", "the report"),
                    checks));
        }
        return reports;
    }

    private static Check check(JsonNode json) throws JsonFormException {
        String place = "the check";
        return new Check(
                JsonFields.text(json, "id", place),
                one(Area.class, JsonFields.text(json, "area", place)),
                one(Severity.class, JsonFields.text(json, "severity", place)),
                one(Side.class, JsonFields.text(json, "side", place)),
                JsonFields.text(json, "finding", place),
                JsonFields.optionalText(json, "remedy", place).orElse(""),
                JsonFields.optionalNatural(json, "millis", place));
    }

    private static <E extends Enum<E>> E one(Class<E> values, String name) throws JsonFormException {
        for (E value : values.getEnumConstants()) {
            if (lower(value).equals(name)) {
                return value;
            }
        }
        throw new JsonFormException("\"" + name + "\" is no " + values.getSimpleName());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
