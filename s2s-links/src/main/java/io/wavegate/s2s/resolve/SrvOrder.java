package io.wavegate.s2s.resolve;

import io.wavegate.s2s.resolve.DnsRecord.Srv;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The order in which a client contacts the targets of SRV records (RFC 2782). */
final class SrvOrder {
    private SrvOrder() {}

    /**
     * Ascending priority; inside one priority the weighted draw.
     *
     * @param offers of one service, or of several that are to be mixed (XEP-0368)
     * @param srv the record of an offer
     */
    static <T> List<T> of(Collection<T> offers, Function<T, Srv> srv, Draw draw) {
        Map<Integer, List<T>> byPriority = offers.stream()
                .collect(Collectors.groupingBy(
                        offer -> srv.apply(offer).priority(), TreeMap::new, Collectors.toCollection(ArrayList::new)));
        List<T> ordered = new ArrayList<>(offers.size());
        for (List<T> samePriority : byPriority.values()) {
            // Weight 0 first, so that it has its small chance beside greater weights.
            samePriority.sort(Comparator.comparingInt(offer -> srv.apply(offer).weight() == 0 ? 0 : 1));
            while (!samePriority.isEmpty()) {
                ordered.add(take(samePriority, srv, draw));
            }
        }
        return ordered;
    }

    private static <T> T take(List<T> rest, Function<T, Srv> srv, Draw draw) {
        int total = rest.stream().mapToInt(offer -> srv.apply(offer).weight()).sum();
        int drawn = draw.upTo(total);
        int running = 0;
        for (Iterator<T> offers = rest.iterator(); offers.hasNext(); ) {
            T offer = offers.next();
            running += srv.apply(offer).weight();
            if (running >= drawn) {
                offers.remove();
                return offer;
            }
        }
        throw new IllegalArgumentException("drew " + drawn + " of " + total);
    }
}
