package io.wavegate.wavelet.entity;

import java.util.LinkedHashMap;
import java.util.Map;

/** So many a minute for each key; a bounded number of keys is remembered. Safe for many threads. */
final class RateLimit {
    private static final int MAX_KEYS = 10_000;
    private static final long MINUTE = 60_000;

    private final int perMinute;
    private final Map<String, Window> windows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MAX_KEYS;
        }
    };

    RateLimit(int perMinute) {
        this.perMinute = perMinute;
    }

    synchronized boolean tryAcquire(String key, long nowMillis) {
        Window window = windows.get(key);
        if (window == null || nowMillis - window.since >= MINUTE) {
            windows.put(key, new Window(nowMillis, 1));
            return true;
        }
        if (window.count >= perMinute) {
            return false;
        }
        windows.put(key, new Window(window.since, window.count + 1));
        return true;
    }

    private record Window(long since, int count) {}
}
