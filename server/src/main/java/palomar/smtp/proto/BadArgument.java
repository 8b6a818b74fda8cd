package palomar.smtp.proto;

/// Thrown inside the parser only, to leave it with the reply that says what was expected.
final class BadArgument extends Exception {
    private final transient SmtpReply reply;

    BadArgument(SmtpReply reply) {
        super(reply.lines().getFirst(), null, false, false);
        this.reply = reply;
    }

    static BadArgument syntax(String expected) {
        return new BadArgument(SmtpReply.of(501, "5.5.4", expected));
    }

    SmtpReply reply() {
        return reply;
    }
}
