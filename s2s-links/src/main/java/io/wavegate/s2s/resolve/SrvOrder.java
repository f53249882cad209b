package io.wavegate.s2s.resolve;

import io.wavegate.s2s.resolve.DnsRecord.Srv;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The order in which a client contacts the targets of SRV records (RFC 2782). */
final class SrvOrder {
    private SrvOrder() {}

    /** Ascending priority; inside one priority the weighted draw. */
    static List<Srv> of(Collection<Srv> records, Draw draw) {
        Map<Integer, List<Srv>> byPriority = records.stream()
                .collect(Collectors.groupingBy(Srv::priority, TreeMap::new, Collectors.toCollection(ArrayList::new)));
        List<Srv> ordered = new ArrayList<>(records.size());
        for (List<Srv> samePriority : byPriority.values()) {
            // Weight 0 first, so that it has its small chance beside greater weights.
            samePriority.sort(Comparator.comparingInt(record -> record.weight() == 0 ? 0 : 1));
            while (!samePriority.isEmpty()) {
                ordered.add(take(samePriority, draw));
            }
        }
        return ordered;
    }

    private static Srv take(List<Srv> rest, Draw draw) {
        int total = rest.stream().mapToInt(Srv::weight).sum();
        int drawn = draw.upTo(total);
        int running = 0;
        for (Iterator<Srv> records = rest.iterator(); records.hasNext(); ) {
            Srv record = records.next();
            running += record.weight();
            if (running >= drawn) {
                records.remove();
                return record;
            }
        }
        throw new IllegalArgumentException("drew " + drawn + " of " + total);
    }
}
