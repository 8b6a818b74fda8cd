package palomar.server.command;

import palomar.config.ListenerSettings;
import palomar.server.Plan;

/// What a demo server prints before `ready`: where to connect, and a command for each protocol to paste.
final class DemoTable {
    private DemoTable() {}

    static String of(Plan plan) {
        StringBuilder table = new StringBuilder();
        table.append("Palomar demo: any user [a-z0-9._-]+ with the password \"demo\", on this machine only\n");
        table.append("mail is kept in ").append(plan.settings().server().data()).append('\n');
        table.append("mail that is sent stays in ")
                .append(plan.settings().server().data().resolve("outbox"))
                .append("\n\n");
        for (ListenerSettings listener : plan.settings().listeners()) {
            String name = listener.protocol().name();
            String where = listener.address() + ":" + listener.effectivePort();
            table.append(name)
                    .append(" ".repeat(Math.max(1, 7 - name.length())))
                    .append(where)
                    .append('\n');
            table.append("       ").append(command(listener)).append('\n');
        }
        return table.append('\n').toString();
    }

    private static String command(ListenerSettings listener) {
        String host = listener.address();
        int port = listener.effectivePort();
        return switch (listener.protocol()) {
            case IMAP ->
                "curl --user alice:demo 'imap://" + host + ":" + port + "/INBOX' -X 'STATUS INBOX (MESSAGES UNSEEN)'";
            case IMAPS ->
                "openssl s_client -quiet -crlf -connect " + host + ":" + port + "   # then: a login alice demo";
            case LMTP ->
                "swaks --protocol LMTP --server " + host + ":" + port
                        + " --from bob@example.org --to alice@localhost --header 'Subject: hello'";
            case POP3 ->
                "curl --user alice:demo 'pop3://" + host + ":" + port + "/'   # lists messages; /1 shows the first";
            case POP3S ->
                "openssl s_client -quiet -crlf -connect " + host + ":" + port
                        + "   # then: USER alice, PASS demo, STAT";
            case SUBMISSION ->
                "swaks --server " + host + ":" + port + " --tls --auth PLAIN --auth-user alice --auth-password demo"
                        + " --from alice@localhost --to bob@example.org";
            case SUBMISSIONS ->
                "swaks --server " + host + ":" + port + " --tlsc --auth PLAIN --auth-user alice --auth-password demo"
                        + " --from alice@localhost --to bob@example.org";
            case MANAGESIEVE ->
                "openssl s_client -quiet -crlf -starttls sieve -connect " + host + ":" + port
                        + "   # then: AUTHENTICATE \"PLAIN\" \"AGFsaWNlAGRlbW8=\"";
        };
    }
}
