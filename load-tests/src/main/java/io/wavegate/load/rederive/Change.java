package io.wavegate.load.rederive;

import io.wavegate.wavelet.codec.proto.ProtocolWaveletOperation;

/** One operation of a delta. */
sealed interface Change {
    /** Of a document's text. */
    record Edit(String document, TextChange text) implements Change {}

    /** Somebody comes to the wavelet. */
    record Join(String person) implements Change {}

    /** Somebody goes. */
    record Leave(String person) implements Change {}

    /** Counts, and does nothing. */
    record Nothing() implements Change {}

    static Change read(ProtocolWaveletOperation message) {
        if (message.hasAddParticipant()) {
            return new Join(message.getAddParticipant());
        } else if (message.hasRemoveParticipant()) {
            return new Leave(message.getRemoveParticipant());
        } else if (message.hasMutateDocument()) {
            return new Edit(
                    message.getMutateDocument().getDocumentId(),
                    TextChange.read(message.getMutateDocument().getDocumentOperation()));
        } else if (message.hasNoOp()) {
            return new Nothing();
        }
        throw new NotDerivableException("an operation without anything in it");
    }

    /** This change of an author as it is after a concurrent one (spec 10.5). */
    default Change over(String author, Change other) {
        if (other instanceof Edit theirs && this instanceof Edit ours && ours.document.equals(theirs.document)) {
            return new Edit(ours.document, ours.text.over(theirs.text));
        } else if (other instanceof Leave gone) {
            if (gone.person.equals(author)) {
                throw new NotDerivableException(author + " was removed by a concurrent delta");
            }
            return overPerson(gone.person, this instanceof Leave leave ? leave.person : "", joins(gone.person));
        } else if (other instanceof Join come) {
            boolean leaves = this instanceof Leave leave && leave.person.equals(come.person);
            return overPerson(come.person, this instanceof Join join ? join.person : "", leaves);
        }
        return this;
    }

    private boolean joins(String person) {
        return this instanceof Join join && join.person.equals(person);
    }

    private Change overPerson(String theirs, String ours, boolean opposite) {
        if (opposite) {
            throw new NotDerivableException("one delta adds " + theirs + ", a concurrent one removes them");
        }
        return theirs.equals(ours) ? new Nothing() : this;
    }
}
