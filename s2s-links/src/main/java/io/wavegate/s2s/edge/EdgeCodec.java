package io.wavegate.s2s.edge;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.edge.proto.Attached;
import io.wavegate.s2s.edge.proto.CloseAccepted;
import io.wavegate.s2s.edge.proto.Ended;
import io.wavegate.s2s.edge.proto.FromEdgeEnvelope;
import io.wavegate.s2s.edge.proto.Inbound;
import io.wavegate.s2s.edge.proto.Nothing;
import io.wavegate.s2s.edge.proto.Open;
import io.wavegate.s2s.edge.proto.OpenFailed;
import io.wavegate.s2s.edge.proto.Opened;
import io.wavegate.s2s.edge.proto.Progress;
import io.wavegate.s2s.edge.proto.Send;
import io.wavegate.s2s.edge.proto.ToEdgeEnvelope;
import io.wavegate.s2s.edge.proto.Written;
import io.wavegate.s2s.stream.Unsent;
import java.io.IOException;
import java.util.List;

/**
 * The messages between edges and entities as bytes for another node, which may be of the release before or after. What a later
 * release adds to a message is passed over; a message that it invented is {@code Unknown}.
 */
public final class EdgeCodec {
    private static final Nothing NOTHING = Nothing.getDefaultInstance();

    private EdgeCodec() {}

    /** Puts a message in. */
    public static void write(ToEdge message, ToEdgeEnvelope.Builder into) {
        if (message instanceof ToEdge.Attach) {
            into.setAttach(NOTHING);
        } else if (message instanceof ToEdge.Open open) {
            into.setOpen(Open.newBuilder().setPair(EdgeValues.pair(open.pair())).setAttempt(open.attempt()));
        } else if (message instanceof ToEdge.Send send) {
            into.setSend(Send.newBuilder()
                    .setStream(send.stream())
                    .setBatch(send.batch())
                    .addAllStanza(EdgeValues.bytes(send.stanzas())));
        } else if (message instanceof ToEdge.Close close) {
            into.setClose(close.stream());
        } else if (message instanceof ToEdge.Abandon abandon) {
            into.setAbandon(abandon.stream());
        } else if (message instanceof ToEdge.EndSeen seen) {
            into.setEndSeen(seen.stream());
        } else if (message instanceof ToEdge.Known known) {
            into.setKnown(known.stream());
        } else if (message instanceof ToEdge.Release) {
            into.setRelease(NOTHING);
        } else if (message instanceof ToEdge.Progress progress) {
            into.setProgress(Progress.newBuilder()
                    .setPair(EdgeValues.pair(progress.pair()))
                    .setReceived(progress.received())
                    .setHandled(progress.handled()));
        } else if (message instanceof ToEdge.ForgetDns) {
            into.setForgetDns(NOTHING);
        } else if (message instanceof ToEdge.CloseAccepted close) {
            into.setCloseAccepted(CloseAccepted.newBuilder().addAllService(close.services()));
        }
    }

    /** @throws IOException if a stanza in it is none */
    public static ToEdge read(ToEdgeEnvelope from) throws IOException {
        return switch (from.getMessageCase()) {
            case ATTACH -> new ToEdge.Attach();
            case OPEN ->
                new ToEdge.Open(
                        EdgeValues.pair(from.getOpen().getPair()),
                        from.getOpen().getAttempt());
            case SEND -> {
                Send send = from.getSend();
                yield new ToEdge.Send(send.getStream(), send.getBatch(), EdgeValues.elements(send.getStanzaList()));
            }
            case CLOSE -> new ToEdge.Close(from.getClose());
            case ABANDON -> new ToEdge.Abandon(from.getAbandon());
            case END_SEEN -> new ToEdge.EndSeen(from.getEndSeen());
            case KNOWN -> new ToEdge.Known(from.getKnown());
            case RELEASE -> new ToEdge.Release();
            case PROGRESS -> {
                Progress progress = from.getProgress();
                yield new ToEdge.Progress(
                        EdgeValues.pair(progress.getPair()), progress.getReceived(), progress.getHandled());
            }
            case FORGET_DNS -> new ToEdge.ForgetDns();
            case CLOSE_ACCEPTED ->
                new ToEdge.CloseAccepted(from.getCloseAccepted().getServiceList());
            case MESSAGE_NOT_SET -> new ToEdge.Unknown();
        };
    }

    /** Puts a message in. */
    public static void write(FromEdge message, FromEdgeEnvelope.Builder into) {
        if (message instanceof FromEdge.Attached attached) {
            Attached.Builder builder = Attached.newBuilder().setLeaving(attached.leaving());
            attached.streams().forEach(stream -> builder.addStream(EdgeValues.stream(stream)));
            into.setAttached(builder);
        } else if (message instanceof FromEdge.Outdated outdated) {
            into.setOutdated(outdated.newest());
        } else if (message instanceof FromEdge.Opened opened) {
            into.setOpened(
                    Opened.newBuilder().setAttempt(opened.attempt()).setStream(EdgeValues.stream(opened.stream())));
        } else if (message instanceof FromEdge.OpenFailed failed) {
            into.setOpenFailed(OpenFailed.newBuilder()
                    .setPair(EdgeValues.pair(failed.pair()))
                    .setAttempt(failed.attempt())
                    .setEnd(EdgeValues.end(failed.end())));
        } else if (message instanceof FromEdge.Written written) {
            into.setWritten(Written.newBuilder()
                    .setStream(written.stream())
                    .setBatch(written.batch())
                    .addAllUnsent(EdgeValues.bytes(written.unsent().stanzas()))
                    .setMaxBytes(written.unsent().maxBytes()));
        } else if (message instanceof FromEdge.Ended ended) {
            into.setEnded(Ended.newBuilder()
                    .setStream(ended.stream())
                    .setPair(EdgeValues.pair(ended.pair()))
                    .setEnd(EdgeValues.end(ended.end()))
                    .addAllUnacknowledged(EdgeValues.bytes(ended.unacknowledged())));
        } else if (message instanceof FromEdge.Leaving) {
            into.setLeaving(NOTHING);
        } else if (message instanceof FromEdge.Inbound inbound) {
            into.setInbound(Inbound.newBuilder()
                    .setPair(EdgeValues.pair(inbound.pair()))
                    .setFloor(inbound.floor())
                    .setFirst(inbound.first())
                    .addAllStanza(EdgeValues.bytes(inbound.stanzas())));
        }
    }

    /** @throws IOException if a stanza in it is none */
    public static FromEdge read(FromEdgeEnvelope from) throws IOException {
        return switch (from.getMessageCase()) {
            case ATTACHED ->
                new FromEdge.Attached(
                        from.getAttached().getLeaving(),
                        from.getAttached().getStreamList().stream()
                                .map(EdgeValues::stream)
                                .toList());
            case OUTDATED -> new FromEdge.Outdated(from.getOutdated());
            case OPENED ->
                new FromEdge.Opened(
                        from.getOpened().getAttempt(),
                        EdgeValues.stream(from.getOpened().getStream()));
            case OPEN_FAILED -> {
                OpenFailed failed = from.getOpenFailed();
                yield new FromEdge.OpenFailed(
                        EdgeValues.pair(failed.getPair()), failed.getAttempt(), EdgeValues.end(failed.getEnd()));
            }
            case WRITTEN -> {
                Written written = from.getWritten();
                yield new FromEdge.Written(
                        written.getStream(),
                        written.getBatch(),
                        unsent(written.getUnsentList(), written.getMaxBytes()));
            }
            case ENDED -> {
                Ended ended = from.getEnded();
                yield new FromEdge.Ended(
                        ended.getStream(),
                        EdgeValues.pair(ended.getPair()),
                        EdgeValues.end(ended.getEnd()),
                        EdgeValues.elements(ended.getUnacknowledgedList()));
            }
            case LEAVING -> new FromEdge.Leaving();
            case INBOUND -> {
                Inbound inbound = from.getInbound();
                yield new FromEdge.Inbound(
                        EdgeValues.pair(inbound.getPair()),
                        inbound.getFloor(),
                        inbound.getFirst(),
                        EdgeValues.elements(inbound.getStanzaList()));
            }
            case MESSAGE_NOT_SET -> new FromEdge.Unknown();
        };
    }

    private static Unsent unsent(List<ByteString> stanzas, int maxBytes) throws IOException {
        return stanzas.isEmpty() ? Unsent.NOTHING : new Unsent(EdgeValues.elements(stanzas), maxBytes);
    }
}
