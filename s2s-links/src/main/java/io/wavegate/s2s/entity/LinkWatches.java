package io.wavegate.s2s.entity;

import io.wavegate.s2s.api.LinkOperations.LinkWatch;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.stanza.StanzaExcerpt;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Who watches which link on this node. While nobody does, a stanza costs one read of a field. */
final class LinkWatches {
    private volatile Map<DomainPair, List<Consumer<WatchedEvent>>> byLink = Map.of();

    /** Shows the link's events to the watcher until the result is closed. */
    LinkWatch watch(DomainPair link, Consumer<WatchedEvent> watcher) {
        add(link, watcher);
        return () -> remove(link, watcher);
    }

    private synchronized void add(DomainPair link, Consumer<WatchedEvent> watcher) {
        List<Consumer<WatchedEvent>> watchers = new ArrayList<>(byLink.getOrDefault(link, List.of()));
        watchers.add(watcher);
        replace(link, watchers);
    }

    private synchronized void remove(DomainPair link, Consumer<WatchedEvent> watcher) {
        List<Consumer<WatchedEvent>> watchers = new ArrayList<>(byLink.getOrDefault(link, List.of()));
        watchers.remove(watcher);
        replace(link, watchers);
    }

    private void replace(DomainPair link, List<Consumer<WatchedEvent>> watchers) {
        Map<DomainPair, List<Consumer<WatchedEvent>>> changed = new HashMap<>(byLink);
        if (watchers.isEmpty()) {
            changed.remove(link);
        } else {
            changed.put(link, List.copyOf(watchers));
        }
        byLink = Map.copyOf(changed);
    }

    /** Stanzas of ours were given to a stream. */
    void sent(DomainPair link, DomainPair names, List<XmlElement> stanzas) {
        if (isWatched(link)) {
            stanzas.forEach(stanza -> show(link, WatchedEvent.Kind.SENT, names, StanzaExcerpt.of(stanza)));
        }
    }

    /** A stanza of theirs came. */
    void received(DomainPair link, DomainPair names, XmlElement stanza) {
        if (isWatched(link)) {
            show(link, WatchedEvent.Kind.RECEIVED, names, StanzaExcerpt.of(stanza));
        }
    }

    /** Something happened to the link. */
    void happened(DomainPair link, DomainPair names, String text) {
        if (isWatched(link)) {
            show(link, WatchedEvent.Kind.HAPPENED, names, text);
        }
    }

    /** Whether it is worth making something to show. */
    boolean isWatched(DomainPair link) {
        return !byLink.isEmpty() && byLink.containsKey(link);
    }

    private void show(DomainPair link, WatchedEvent.Kind kind, DomainPair names, String text) {
        WatchedEvent event = new WatchedEvent(System.currentTimeMillis(), kind, names.local(), names.remote(), text);
        byLink.getOrDefault(link, List.of()).forEach(watcher -> watcher.accept(event));
    }
}
