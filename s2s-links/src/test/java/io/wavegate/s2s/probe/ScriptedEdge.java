package io.wavegate.s2s.probe;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.xml.XmlElement;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** What the domains of the cases answer to questions. */
final class ScriptedEdge implements S2sStreams {
    private static final String WAVE_INFO =
            "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='collaboration' type='google-wave'/>"
                    + "<feature var='http://waveprotocol.org/protocol/0.2/waveserver'/></query>";
    private static final String OTHER_INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>";

    private final ExpectedAnswers answers;
    private final Set<String> reachable;
    private final Set<String> waves;
    private final Map<String, List<String>> items;

    /**
     * @param reachable names that streams can be opened to
     * @param waves those of them that are wave services
     * @param items what a name lists
     */
    ScriptedEdge(ExpectedAnswers answers, Set<String> reachable, Set<String> waves, Map<String, List<String>> items) {
        this.answers = answers;
        this.reachable = reachable;
        this.waves = waves;
        this.items = items;
    }

    @Override
    public CompletionStage<OutgoingStream> open(DomainPair pair) {
        return reachable.contains(pair.remote())
                ? CompletableFuture.completedFuture(stream(pair))
                : CompletableFuture.failedFuture(new StreamEndedException(new StreamEnd(
                        StreamEnd.Reason.REMOTE_NOT_FOUND,
                        pair.remote() + " cannot be reached: its DNS has nothing for it")));
    }

    /** Of an interface that others are at work on, only what is used here. */
    private OutgoingStream stream(DomainPair pair) {
        return (OutgoingStream) Proxy.newProxyInstance(
                OutgoingStream.class.getClassLoader(),
                new Class<?>[] {OutgoingStream.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("send")) {
                        ((List<?>) arguments[0]).forEach(stanza -> answer((XmlElement) stanza));
                        return CompletableFuture.completedFuture(null);
                    }
                    return method.getReturnType().equals(DomainPair.class) ? pair : null;
                });
    }

    private void answer(XmlElement question) {
        Addresses addresses = Addresses.of(question);
        String asked = addresses.to();
        String kind = question.elements().get(0).name().namespace();
        String payload = kind.endsWith("#items") ? listed(asked) : kind.endsWith("#info") ? info(asked) : "";
        answers.take(Xml.stanza("<iq type='result' id='" + addresses.id() + "' from='" + asked + "' to='"
                + addresses.from() + "'>" + payload + "</iq>"));
    }

    private String info(String name) {
        return waves.contains(name) ? WAVE_INFO : OTHER_INFO;
    }

    private String listed(String name) {
        StringBuilder text = new StringBuilder("<query xmlns='http://jabber.org/protocol/disco#items'>");
        items.getOrDefault(name, List.of())
                .forEach(item -> text.append("<item jid='").append(item).append("'/>"));
        return text.append("</query>").toString();
    }

    @Override
    public void forget(String domain) {}

    @Override
    public void closeAccepted(Predicate<DomainPair> which) {}

    @Override
    public void close() {}
}
