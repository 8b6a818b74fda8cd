package palomar.storage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// What a user may have at most; [#UNLIMITED] where nothing limits. RFC 9208 5
///
/// @param storage bytes
/// @param messages how many
/// @param mailboxes how many, INBOX included
/// @param annotations bytes
public record QuotaLimits(long storage, long messages, long mailboxes, long annotations) {
    public static final long UNLIMITED = Long.MAX_VALUE;
    public static final QuotaLimits NONE = new QuotaLimits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);

    /// Where stores keep limits that were set, among the user's [Attributes].
    public static final String ATTRIBUTE = "quota/limits";

    public QuotaLimits {
        if (storage < 0 || messages < 0 || mailboxes < 0 || annotations < 0) {
            throw new IllegalArgumentException("a limit below 0");
        }
    }

    public QuotaLimits withStorage(long bytes) {
        return new QuotaLimits(bytes, messages, mailboxes, annotations);
    }

    public QuotaLimits withMessages(long count) {
        return new QuotaLimits(storage, count, mailboxes, annotations);
    }

    /// Refuses what would go beyond a limit. What adds nothing to a resource is never refused for its sake, so who
    /// is over a limit can still move and delete.
    ///
    /// Throws MailException OVER_QUOTA, whose text names the resource.
    public void requireRoom(QuotaUsage usage, QuotaUsage more) {
        require("mail storage", storage, usage.storage(), more.storage());
        require("number of messages", messages, usage.messages(), more.messages());
        require("number of mailboxes", mailboxes, usage.mailboxes(), more.mailboxes());
        require("annotation storage", annotations, usage.annotations(), more.annotations());
    }

    private static void require(String what, long limit, long used, long more) {
        if (more > 0 && (used > limit || more > limit - used)) {
            throw new MailException(MailError.OVER_QUOTA, "quota exceeded: " + what);
        }
    }

    /// Is some resource used to more than `percent` of its limit?
    public boolean isAbove(QuotaUsage usage, int percent) {
        return above(storage, usage.storage(), percent)
                || above(messages, usage.messages(), percent)
                || above(mailboxes, usage.mailboxes(), percent)
                || above(annotations, usage.annotations(), percent);
    }

    private static boolean above(long limit, long used, int percent) {
        return limit != UNLIMITED && used > limit / 100.0 * percent;
    }

    /// As the value of [#ATTRIBUTE].
    public byte[] bytes() {
        String text = storage + " " + messages + " " + mailboxes + " " + annotations;
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// From a value of [#ATTRIBUTE]; empty when it makes no sense.
    public static Optional<QuotaLimits> parse(byte[] bytes) {
        String[] numbers = new String(bytes, StandardCharsets.ISO_8859_1).split(" ");
        if (numbers.length != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(new QuotaLimits(
                    Long.parseLong(numbers[0]),
                    Long.parseLong(numbers[1]),
                    Long.parseLong(numbers[2]),
                    Long.parseLong(numbers[3])));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
