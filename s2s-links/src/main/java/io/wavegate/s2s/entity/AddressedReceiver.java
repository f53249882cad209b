package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.vouch.Voucher;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Parts what arrives by whom it is for: components that connect to us, or ourselves. */
final class AddressedReceiver implements StanzaReceiver {
    private final LocalNames names;
    private final ComponentRouter components;
    private final StanzaReceiver ours;
    private final LinkWatches watches;
    private final VoucherBook vouchers;

    /** @param watches shown what is for components; ours shows its own */
    AddressedReceiver(
            LocalNames names,
            ComponentRouter components,
            StanzaReceiver ours,
            LinkWatches watches,
            VoucherBook vouchers) {
        this.names = names;
        this.components = components;
        this.ours = ours;
        this.watches = watches;
        this.vouchers = vouchers;
    }

    @Override
    public void authenticated(String domain, Voucher voucher) {
        vouchers.authenticated(domain, voucher);
    }

    @Override
    public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
        if (!names.isComponent(pair.local())) {
            return ours.received(pair, stanzas);
        }
        stanzas.forEach(stanza -> watches.received(pair, pair, stanza));
        return components.fromDomain(pair, stanzas);
    }

    @Override
    public Reception receive(DomainPair pair, List<XmlElement> stanzas) {
        return names.isComponent(pair.local())
                ? StanzaReceiver.super.receive(pair, stanzas)
                : ours.receive(pair, stanzas);
    }

    @Override
    public void wayBack(DomainPair pair) {
        if (names.isComponent(pair.local())) {
            components.wayBack(pair);
        } else {
            ours.wayBack(pair);
        }
    }
}
