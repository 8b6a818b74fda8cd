package palomar.smtp.proto;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Understands one command line. Stateless; what is wrong becomes [SmtpCommand.Malformed].
final class SmtpParser {
    private static final int MOST_ENVID = 100;
    private static final int MOST_ORCPT = 500;
    private static final SmtpReply BAD_VERB = SmtpReply.of(500, "5.5.2", "unknown command");

    private SmtpParser() {}

    /// @param line the line's bytes in `[0, end)`, without its CRLF, without control characters
    /// @param submission knows what only Submission has, too
    static SmtpCommand parse(byte[] line, int end, boolean submission) {
        AddressCursor in = new AddressCursor(line, 0, end);
        try {
            return command(in, submission);
        } catch (BadArgument bad) {
            return new SmtpCommand.Malformed(bad.reply(), false);
        }
    }

    private static SmtpCommand command(AddressCursor in, boolean submission) throws BadArgument {
        String verb = in.token().toUpperCase(Locale.ROOT);
        if (submission && verb.equals("AUTH")) {
            return SubmissionParser.auth(in);
        }
        if (submission && verb.equals("BURL")) {
            return SubmissionParser.burl(in);
        }
        return switch (verb) {
            case "LHLO" -> hello(SmtpCommand.Hello.Verb.LHLO, in);
            case "EHLO" -> hello(SmtpCommand.Hello.Verb.EHLO, in);
            case "HELO" -> hello(SmtpCommand.Hello.Verb.HELO, in);
            case "MAIL" -> mail(in, submission);
            case "RCPT" -> rcpt(in);
            case "DATA" -> alone(in, new SmtpCommand.Data());
            case "BDAT" -> bdat(in);
            case "RSET" -> alone(in, new SmtpCommand.Rset());
            case "NOOP" -> new SmtpCommand.Noop();
            case "QUIT" -> alone(in, new SmtpCommand.Quit());
            case "VRFY" -> vrfy(in);
            case "HELP" -> new SmtpCommand.Help();
            case "STARTTLS" -> alone(in, new SmtpCommand.StartTls());
            case "XCLIENT" -> xclient(in);
            default -> throw new BadArgument(BAD_VERB);
        };
    }

    /// RFC 5321 4.1.1: spaces at the end are tolerated, arguments are not.
    private static SmtpCommand alone(AddressCursor in, SmtpCommand command) throws BadArgument {
        in.skipSpaces();
        if (!in.atEnd()) {
            throw BadArgument.syntax("this command takes no argument");
        }
        return command;
    }

    private static SmtpCommand hello(SmtpCommand.Hello.Verb verb, AddressCursor in) throws BadArgument {
        in.skipSpaces();
        String client = in.token();
        if (client.isEmpty()) {
            throw BadArgument.syntax(verb + " needs the name of the client");
        }
        if (client.length() > 255) {
            throw BadArgument.syntax("a name of more than 255 characters");
        }
        in.skipSpaces();
        if (!in.atEnd()) {
            throw BadArgument.syntax(verb + " takes one name");
        }
        return new SmtpCommand.Hello(verb, client);
    }

    private static SmtpCommand vrfy(AddressCursor in) throws BadArgument {
        in.skipSpaces();
        return new SmtpCommand.Vrfy(in.rest());
    }

    private static SmtpCommand mail(AddressCursor in, boolean submission) throws BadArgument {
        in.skipSpaces();
        if (!in.skipWord("FROM:")) {
            throw BadArgument.syntax("MAIL FROM:<address> expected");
        }
        in.skipSpaces();
        SmtpPath sender = path(in, true, "5.1.7", "sender");
        OptionalLong size = OptionalLong.empty();
        SmtpCommand.Body body = SmtpCommand.Body.SEVEN_BIT;
        boolean utf8 = false;
        Optional<String> ret = Optional.empty();
        Optional<String> envelopeId = Optional.empty();
        List<SmtpCommand.Wish> wishes = new ArrayList<>();
        for (Parameter parameter : parameters(in)) {
            if (submission && SubmissionParser.mail(parameter.keyword(), parameter.value(), wishes)) {
                continue;
            }
            switch (parameter.keyword()) {
                case "SIZE" -> size = OptionalLong.of(number(parameter.value(), "SIZE"));
                case "BODY" -> body = body(parameter.value());
                case "SMTPUTF8" -> utf8 = flag(parameter);
                case "RET" -> ret = Optional.of(ret(parameter.value()));
                case "ENVID" -> envelopeId = Optional.of(xtext(parameter.value(), MOST_ENVID, "ENVID"));
                default -> throw unknown(parameter);
            }
        }
        return new SmtpCommand.Mail(sender, size, body, utf8, new SmtpCommand.MailDsn(ret, envelopeId), wishes);
    }

    private static SmtpCommand rcpt(AddressCursor in) throws BadArgument {
        in.skipSpaces();
        if (!in.skipWord("TO:")) {
            throw BadArgument.syntax("RCPT TO:<address> expected");
        }
        in.skipSpaces();
        SmtpPath recipient = path(in, false, "5.1.3", "recipient");
        List<String> notify = List.of();
        Optional<String> original = Optional.empty();
        for (Parameter parameter : parameters(in)) {
            switch (parameter.keyword()) {
                case "NOTIFY" -> notify = notify(parameter.value());
                case "ORCPT" -> original = Optional.of(original(parameter.value()));
                default -> throw unknown(parameter);
            }
        }
        return new SmtpCommand.Rcpt(recipient, new SmtpCommand.RcptDsn(notify, original));
    }

    private static SmtpPath path(AddressCursor in, boolean orNull, String enhanced, String what) throws BadArgument {
        SmtpPath path;
        try {
            path = in.path(orNull);
        } catch (BadArgument bad) {
            throw new BadArgument(SmtpReply.of(
                    501,
                    enhanced,
                    "bad " + what + " address: " + bad.reply().lines().getFirst()));
        }
        if (!in.atEnd() && in.peek() != ' ' && in.peek() != '\t') {
            throw BadArgument.syntax("a space expected behind the address");
        }
        return path;
    }

    private record Parameter(String keyword, Optional<String> value) {}

    /// RFC 5321 4.1.2: Mail-parameters, Rcpt-parameters. Each may be given once.
    private static List<Parameter> parameters(AddressCursor in) throws BadArgument {
        List<Parameter> all = new ArrayList<>(2);
        Set<String> seen = new HashSet<>();
        while (in.skipSpaces() && !in.atEnd()) {
            String keyword = in.tokenTo('=').toUpperCase(Locale.ROOT);
            Optional<String> value = in.skip('=') ? Optional.of(in.token()) : Optional.empty();
            if (keyword.isEmpty() || value.isPresent() && value.get().isEmpty()) {
                throw BadArgument.syntax("a parameter looks like KEYWORD=value");
            }
            if (!seen.add(keyword)) {
                throw BadArgument.syntax(printable(keyword) + " is given twice");
            }
            all.add(new Parameter(keyword, value));
        }
        return all;
    }

    /// RFC 5321 4.1.1.11: 555
    private static BadArgument unknown(Parameter parameter) {
        return new BadArgument(SmtpReply.of(555, "5.5.4", "unknown parameter " + printable(parameter.keyword())));
    }

    private static String printable(String keyword) {
        return keyword.length() > 40 ? keyword.substring(0, 40) + "..." : keyword;
    }

    private static long number(Optional<String> value, String what) throws BadArgument {
        String digits = value.orElse("");
        boolean good = !digits.isEmpty() && digits.length() <= 18;
        for (int i = 0; good && i < digits.length(); i++) {
            good = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!good) {
            throw BadArgument.syntax(what + " needs a number of bytes");
        }
        return Long.parseLong(digits);
    }

    private static SmtpCommand.Body body(Optional<String> value) throws BadArgument {
        return switch (value.orElse("").toUpperCase(Locale.ROOT)) {
            case "7BIT" -> SmtpCommand.Body.SEVEN_BIT;
            case "8BITMIME" -> SmtpCommand.Body.EIGHT_BIT;
            case "BINARYMIME" -> SmtpCommand.Body.BINARY;
            default -> throw BadArgument.syntax("BODY is 7BIT, 8BITMIME or BINARYMIME");
        };
    }

    private static boolean flag(Parameter parameter) throws BadArgument {
        if (parameter.value().isPresent()) {
            throw BadArgument.syntax(parameter.keyword() + " takes no value");
        }
        return true;
    }

    private static String ret(Optional<String> value) throws BadArgument {
        String ret = value.orElse("").toUpperCase(Locale.ROOT);
        if (!ret.equals("FULL") && !ret.equals("HDRS")) {
            throw BadArgument.syntax("RET is FULL or HDRS");
        }
        return ret;
    }

    private static String xtext(Optional<String> value, int most, String what) throws BadArgument {
        return value.filter(text -> text.length() <= most)
                .flatMap(Xtext::decode)
                .orElseThrow(() -> BadArgument.syntax(what + " needs xtext of at most " + most + " characters"));
    }

    private static List<String> notify(Optional<String> value) throws BadArgument {
        List<String> all = List.of(value.orElse("").toUpperCase(Locale.ROOT).split(",", -1));
        boolean never = all.equals(List.of("NEVER"));
        boolean some =
                Set.of("SUCCESS", "FAILURE", "DELAY").containsAll(all) && new HashSet<>(all).size() == all.size();
        if (!never && !some) {
            throw BadArgument.syntax("NOTIFY is NEVER, or some of SUCCESS,FAILURE,DELAY");
        }
        return all;
    }

    /// RFC 3461 4.2; with SMTPUTF8 the `utf-8` type may stand there in UTF-8 itself: RFC 6533 3
    private static String original(Optional<String> value) throws BadArgument {
        String text = value.orElse("");
        int cut = text.indexOf(';');
        if (cut <= 0 || text.length() > MOST_ORCPT) {
            throw BadArgument.syntax("ORCPT looks like rfc822;user@example.org");
        }
        if (text.regionMatches(true, 0, "utf-8;", 0, 6)) {
            return text;
        }
        Optional<String> decoded = Xtext.decode(text.substring(cut + 1));
        if (decoded.isEmpty() || Xtext.decode(text.substring(0, cut)).isEmpty()) {
            throw BadArgument.syntax("ORCPT needs xtext behind its type");
        }
        return text.substring(0, cut + 1) + decoded.get();
    }

    /// A chunk follows whatever we think of its command. Where its end can't be told, going on would take content
    /// for commands: that ends the session.
    private static SmtpCommand bdat(AddressCursor in) {
        try {
            in.skipSpaces();
            long size = number(Optional.of(in.token()), "BDAT");
            in.skipSpaces();
            boolean last = in.skipWord("LAST");
            return alone(in, new SmtpCommand.Bdat(size, last));
        } catch (BadArgument bad) {
            return new SmtpCommand.Malformed(bad.reply(), true);
        }
    }

    private static SmtpCommand xclient(AddressCursor in) throws BadArgument {
        Map<String, String> attributes = new LinkedHashMap<>();
        while (in.skipSpaces() && !in.atEnd()) {
            String name = in.tokenTo('=').toUpperCase(Locale.ROOT);
            if (name.isEmpty() || !in.skip('=')) {
                throw BadArgument.syntax("XCLIENT needs NAME=value");
            }
            String value = in.token();
            if (value.equalsIgnoreCase("[UNAVAILABLE]") || value.equalsIgnoreCase("[TEMPUNAVAIL]")) {
                continue;
            }
            Optional<String> decoded = Xtext.decode(value);
            if (decoded.isEmpty() || attributes.put(name, decoded.get()) != null) {
                throw BadArgument.syntax("XCLIENT " + printable(name) + " needs one value in xtext");
            }
        }
        return new SmtpCommand.Xclient(attributes);
    }
}
