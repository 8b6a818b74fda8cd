package palomar.smtp.proto;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What only Submission understands: AUTH, BURL, and the wishes at MAIL that a relay grants. Stateless.
final class SubmissionParser {
    private static final int MOST_MECHANISM = 20; // RFC 4422 3.1
    private static final int MOST_SECONDS_DIGITS = 9; // RFC 2852 4, RFC 4865 4

    private SubmissionParser() {}

    /// RFC 4954 8
    static SmtpCommand auth(AddressCursor in) throws BadArgument {
        in.skipSpaces();
        String mechanism = in.token();
        if (mechanism.isEmpty() || mechanism.length() > MOST_MECHANISM) {
            throw BadArgument.syntax("AUTH needs the name of a mechanism");
        }
        in.skipSpaces();
        Optional<byte[]> initial = in.atEnd() ? Optional.empty() : Optional.of(in.secretToken());
        in.skipSpaces();
        if (!in.atEnd()) {
            throw BadArgument.syntax("AUTH takes a mechanism and one initial response");
        }
        return new SmtpCommand.Auth(mechanism, initial);
    }

    /// RFC 4468 3.3
    static SmtpCommand burl(AddressCursor in) throws BadArgument {
        in.skipSpaces();
        String url = in.token();
        if (url.isEmpty()) {
            throw BadArgument.syntax("BURL needs a URL");
        }
        boolean last = in.skipSpaces() && in.skipWord("LAST");
        in.skipSpaces();
        if (!in.atEnd()) {
            throw BadArgument.syntax("BURL takes a URL and LAST");
        }
        return new SmtpCommand.Burl(url, last);
    }

    /// One parameter of MAIL; false when it is none of ours. AUTH= (RFC 4954 5) is understood and let fall: nobody
    /// here is trusted to speak for others.
    static boolean mail(String keyword, Optional<String> value, List<SmtpCommand.Wish> wishes) throws BadArgument {
        String text = value.orElse("");
        switch (keyword) {
            case "AUTH" -> {
                if (!text.equals("<>") && Xtext.decode(text).isEmpty() || text.isEmpty()) {
                    throw BadArgument.syntax("AUTH needs <> or an address in xtext");
                }
            }
            case "BY" -> wishes.add(new SmtpCommand.Wish("DELIVERBY", "BY=" + deliverBy(text)));
            case "HOLDFOR" -> wishes.add(hold(wishes, "HOLDFOR=" + seconds(text, "HOLDFOR")));
            case "HOLDUNTIL" -> wishes.add(hold(wishes, "HOLDUNTIL=" + moment(text)));
            default -> {
                return false;
            }
        }
        return true;
    }

    /// RFC 2852 4: a time that is over can't be met, so that `R` needs a positive one.
    private static String deliverBy(String text) throws BadArgument {
        String upper = text.toUpperCase(Locale.ROOT);
        int cut = upper.indexOf(';');
        String mode = cut < 0 ? "" : upper.substring(cut + 1);
        boolean returned = mode.equals("R") || mode.equals("RT");
        if (!returned && !mode.equals("N") && !mode.equals("NT")) {
            throw BadArgument.syntax("BY looks like 120;R or 120;N, with T behind it");
        }
        boolean signed = upper.charAt(0) == '-' || upper.charAt(0) == '+';
        String digits = seconds(upper.substring(signed ? 1 : 0, cut), "BY");
        boolean positive = upper.charAt(0) != '-' && Long.parseLong(digits) > 0;
        if (returned && !positive) {
            throw BadArgument.syntax("BY with R needs a time to come");
        }
        return upper;
    }

    private static String seconds(String text, String what) throws BadArgument {
        boolean good = !text.isEmpty()
                && text.length() <= MOST_SECONDS_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!good) {
            throw BadArgument.syntax(what + " needs a number of seconds");
        }
        return text;
    }

    /// RFC 4865 4: a date and time of RFC 3339.
    private static String moment(String text) throws BadArgument {
        try {
            OffsetDateTime.parse(text);
            return text;
        } catch (DateTimeException wrong) {
            throw BadArgument.syntax("HOLDUNTIL looks like 2026-12-24T18:00:00Z");
        }
    }

    /// RFC 4865 4: one of both.
    private static SmtpCommand.Wish hold(List<SmtpCommand.Wish> wishes, String parameter) throws BadArgument {
        if (wishes.stream().anyMatch(wish -> wish.extension().equals("FUTURERELEASE"))) {
            throw BadArgument.syntax("HOLDFOR and HOLDUNTIL exclude each other");
        }
        return new SmtpCommand.Wish("FUTURERELEASE", parameter);
    }
}
