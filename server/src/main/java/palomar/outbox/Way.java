package palomar.outbox;

import palomar.smtp.client.Envelope;

/// How something leaves the house.
enum Way {
    /// By the relay.
    MAIL,
    /// Posted to a web server.
    WEB;

    static Way of(Envelope envelope) {
        return envelope.options().webhook().isPresent() ? WEB : MAIL;
    }
}
