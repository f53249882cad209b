package io.wavegate.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.description.Described;
import io.wavegate.node.fake.FakeAdmin;
import io.wavegate.node.http.Access;
import io.wavegate.node.http.Problem;
import io.wavegate.s2s.check.Area;
import io.wavegate.s2s.check.Severity;
import io.wavegate.s2s.check.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/admin-api/openapi.yaml} against the endpoints. */
final class AdminDescriptionTest {
    private static final JsonNode SCHEMAS = Described.ADMIN.path("components").path("schemas");

    @Test
    void everyEndpointIsDescribedAndNothingElseAndAllAreForOperators() {
        TreeSet<String> described = new TreeSet<>();
        Described.ADMIN.path("paths").fields().forEachRemaining(path -> List.of("get", "put", "post", "delete").stream()
                .filter(path.getValue()::has)
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        TreeSet<String> served = new TreeSet<>();
        new FakeAdmin().endpoints().forEach(endpoint -> {
            served.add(endpoint.method() + " " + endpoint.template());
            assertThat(endpoint.access()).as(endpoint.template()).isEqualTo(Access.OPERATOR);
        });
        assertThat(described).isEqualTo(served);
    }

    @Test
    void everyReasonIsDescribedWithItsStatus() {
        Map<String, Integer> statuses = new TreeMap<>();
        for (AdminProblem reason : AdminProblem.values()) {
            statuses.put(reason.name(), reason.status());
        }
        Stream.of(Problem.Own.values())
                .filter(reason -> reason != Problem.Own.UPGRADE_REQUIRED)
                .forEach(reason -> statuses.put(reason.name(), reason.status()));
        statuses.put("MALFORMED", 400);
        statuses.put("TOO_LARGE", 413);
        Map<String, Integer> described = new TreeMap<>();
        Matcher row = Pattern.compile("\\| (\\d{3}) \\| ([A-Z_, ]+) \\|")
                .matcher(Described.ADMIN
                        .at("/components/responses/Problem/description")
                        .asText());
        while (row.find()) {
            for (String reason : row.group(2).split(", ")) {
                described.put(reason, Integer.parseInt(row.group(1)));
            }
        }
        assertThat(described).isEqualTo(statuses);
        assertThat(names(SCHEMAS.path("Reason"))).containsExactlyInAnyOrderElementsOf(statuses.keySet());
        for (String reason : statuses.keySet()) {
            assertThat(SCHEMAS.path("Reason").path("description").asText()).contains(reason);
        }
    }

    @Test
    void theClosedSetsOfChecksAreThose() {
        JsonNode check = SCHEMAS.path("Check").path("properties");
        assertThat(names(check.path("area"))).isEqualTo(lower(Area.values()));
        assertThat(names(check.path("side"))).isEqualTo(lower(Side.values()));
        assertThat(names(SCHEMAS.path("Severity"))).isEqualTo(lower(Severity.values()));
    }

    private static List<String> lower(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> names(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("enum").forEach(name -> names.add(name.asText()));
        return names;
    }
}
