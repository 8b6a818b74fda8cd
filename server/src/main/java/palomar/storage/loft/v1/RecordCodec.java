package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;

/// Records to frame payloads and back. docs/storage/loft-v1.md has the tables.
///
/// Positions in ADD payloads are stored as the distance back from the ADD frame itself when body and row are in
/// one group, so that a group can be encoded before it has a place in the log.
final class RecordCodec {
    /// Frame types of this store. BODY, DIGEST and HEAD carry bytes, not records.
    static final int USER = 1;
    static final int MAILBOX = 2;
    static final int BODY = 3;
    static final int DIGEST = 4;
    static final int HEAD = 5;
    static final int ADD = 6;
    static final int FLAGS = 7;
    static final int EXPUNGE = 8;

    /// Says nothing; the catalog image of its LSN was made when it was applied.
    static final int CHECKPOINT = 9;

    static final int ANNOTATE = 10;

    private static final int MOST_PARTS = 1 << 20;

    private static final int USER_CREATED = 1;
    private static final int USER_DELETED = 2;
    private static final int SUBSCRIBED = 3;
    private static final int UNSUBSCRIBED = 4;
    private static final int USER_VALUES = 5;

    private static final int BOX_STATE = 1;
    private static final int RENAMED = 2;
    private static final int DELETED = 3;
    private static final int RECENT = 4;
    private static final int BOX_VALUES = 5;

    private RecordCodec() {}

    /// What an operator sees.
    static String name(int type) {
        return switch (type) {
            case USER -> "user";
            case MAILBOX -> "mailbox";
            case BODY -> "body";
            case DIGEST -> "digest";
            case HEAD -> "head";
            case ADD -> "add";
            case FLAGS -> "flags";
            case EXPUNGE -> "expunge";
            case CHECKPOINT -> "checkpoint";
            case ANNOTATE -> "annotate";
            default -> "type " + type;
        };
    }

    /// True for frames that carry a record.
    static boolean isRecord(int type) {
        return switch (type) {
            case USER, MAILBOX, ADD, FLAGS, EXPUNGE, ANNOTATE -> true;
            default -> false;
        };
    }

    /// True for the payload of a MAILBOX frame that describes a mailbox.
    static boolean isBoxState(byte[] payload) {
        return payload.length > 0 && payload[0] == BOX_STATE;
    }

    /// True for frames that change a mailbox's rows.
    static boolean hasRows(int type) {
        return type == ADD || type == FLAGS || type == EXPUNGE || type == ANNOTATE;
    }

    static int type(LogRecord record) {
        return switch (record) {
            case LogRecord.UserCreated _, LogRecord.UserDeleted _, LogRecord.Subscribed _, LogRecord.UserValues _ ->
                USER;
            case LogRecord.BoxState _,
                    LogRecord.BoxValues _,
                    LogRecord.Renamed _,
                    LogRecord.Deleted _,
                    LogRecord.RecentClaimed _ -> MAILBOX;
            case LogRecord.Added _ -> ADD;
            case LogRecord.FlagsChanged _ -> FLAGS;
            case LogRecord.Expunged _ -> EXPUNGE;
            case LogRecord.Annotated _ -> ANNOTATE;
        };
    }

    /// The mailbox id for the frame's header, 0 for records about users.
    static long box(LogRecord record) {
        return switch (record) {
            case LogRecord.UserCreated _, LogRecord.UserDeleted _, LogRecord.Subscribed _, LogRecord.UserValues _ -> 0;
            case LogRecord.BoxState r -> r.box();
            case LogRecord.BoxValues r -> r.box();
            case LogRecord.Renamed r -> r.box();
            case LogRecord.Deleted r -> r.box();
            case LogRecord.RecentClaimed r -> r.box();
            case LogRecord.Added r -> r.box();
            case LogRecord.FlagsChanged r -> r.box();
            case LogRecord.Expunged r -> r.box();
            case LogRecord.Annotated r -> r.box();
        };
    }

    static byte[] encode(LogRecord record) {
        Packer to = new Packer(64);
        switch (record) {
            case LogRecord.UserCreated r -> to.u8(USER_CREATED).text(r.user());
            case LogRecord.UserDeleted r -> to.u8(USER_DELETED).text(r.user());
            case LogRecord.Subscribed r ->
                to.u8(r.on() ? SUBSCRIBED : UNSUBSCRIBED)
                        .text(r.user())
                        .text(r.name().value());
            case LogRecord.UserValues r -> r.change().pack(to.u8(USER_VALUES).text(r.user()));
            case LogRecord.BoxValues r -> r.change().pack(to.u8(BOX_VALUES));
            case LogRecord.BoxState r -> boxState(r, to.u8(BOX_STATE).text(r.user()));
            case LogRecord.Renamed r -> to.u8(RENAMED).text(r.name().value());
            case LogRecord.Deleted r -> pairs(r.freed(), to.u8(DELETED));
            case LogRecord.RecentClaimed r -> to.u8(RECENT).number(r.uid());
            case LogRecord.Added r -> added(r, to);
            case LogRecord.FlagsChanged r -> flags(r, to);
            case LogRecord.Expunged r -> expunged(r, to);
            case LogRecord.Annotated r -> annotated(r, to);
        }
        return to.toByteArray();
    }

    /// All of it but id and user.
    static void boxState(LogRecord.BoxState r, Packer to) {
        to.text(r.name().value()).number(bits(r.uses()));
        to.number(r.uidValidity()).number(r.uidNext()).number(r.highestModSeq());
        to.number(r.recent()).number(r.historyFrom()).texts(r.keywords());
    }

    private static void added(LogRecord.Added r, Packer to) {
        to.u8(
                        switch (r.cause()) {
                            case NEW -> 0;
                            case AGAIN -> 1;
                            case MOVED -> 2;
                        })
                .number(r.modSeq());
        to.number(r.keywordsFrom()).texts(r.keywords()).number(r.rows());
        long[] words = r.words();
        long uidBefore = 0;
        for (int at = 0; at < words.length; at += Row.WORDS) {
            to.number(Row.uid(words, at) - uidBefore);
            uidBefore = Row.uid(words, at);
            if (r.again()) {
                to.number(Row.modSeq(words, at));
            }
            to.u8(Row.system(words, at)).number(Row.keywords(words, at));
            to.number(Row.size(words, at)).number(Row.weight(words, at));
            to.signed(Row.internalMillis(words, at)).number(Row.savedSeconds(words, at));
            to.number(place(Row.body(words, at))).number(Row.headLength(words, at));
            if (Row.headLength(words, at) > 0) {
                to.number(place(Row.head(words, at)));
            }
            to.u64(Row.guidHigh(words, at)).u64(Row.guidLow(words, at));
        }
    }

    /// Rows under construction name a frame of their own group by its negative distance to the ADD frame.
    private static long place(long lsn) {
        return lsn < 0 ? -lsn << 1 | 1 : lsn << 1;
    }

    private static long place(long packed, long frame) {
        return (packed & 1) != 0 ? frame - (packed >>> 1) : packed >>> 1;
    }

    private static void flags(LogRecord.FlagsChanged r, Packer to) {
        to.number(r.modSeq()).number(r.keywordsFrom()).texts(r.keywords()).uids(r.uids());
        to.u8(
                switch (r.kind()) {
                    case ADD -> 1;
                    case REMOVE -> 2;
                    case REPLACE -> 3;
                });
        to.u8(r.system()).number(r.keywordBits());
        r.change().pack(to);
    }

    private static void expunged(LogRecord.Expunged r, Packer to) {
        to.u8(r.again() ? 1 : 0).number(r.modSeq()).uids(r.uids());
        r.change().pack(to);
        pairs(r.freed(), to);
        to.number(r.seconds());
    }

    private static void annotated(LogRecord.Annotated r, Packer to) {
        to.u8(r.again() ? 1 : 0).number(r.modSeq()).number(r.parts().size());
        for (LogRecord.Annotated.Part part : r.parts()) {
            part.change().pack(to.uids(part.uids()));
        }
    }

    private static void pairs(long[] freed, Packer to) {
        to.number(freed.length / 2);
        for (long value : freed) {
            to.number(value);
        }
    }

    private static long[] pairs(Unpacker from) {
        long[] freed = new long[2 * from.count(1 << 20)];
        for (int i = 0; i < freed.length; i++) {
            freed[i] = from.number();
        }
        return freed;
    }

    /// The record in a frame.
    ///
    /// @param lsn of the frame, from which distances count
    /// @throws Unpacker.Malformed when the payload makes no sense
    static LogRecord decode(int type, long lsn, long box, byte[] payload, int offset, int length) {
        Unpacker from = new Unpacker(payload, offset, length);
        return switch (type) {
            case USER -> user(from);
            case MAILBOX -> mailbox(box, from);
            case ADD -> added(lsn, box, from);
            case FLAGS -> flags(box, from);
            case EXPUNGE -> expunged(box, from);
            case ANNOTATE -> annotated(box, from);
            default -> throw new Unpacker.Malformed("frame type " + type);
        };
    }

    private static LogRecord user(Unpacker from) {
        int kind = from.u8();
        String user = from.text();
        return switch (kind) {
            case USER_CREATED -> new LogRecord.UserCreated(user);
            case USER_DELETED -> new LogRecord.UserDeleted(user);
            case SUBSCRIBED -> new LogRecord.Subscribed(user, new MailboxName(from.text()), true);
            case UNSUBSCRIBED -> new LogRecord.Subscribed(user, new MailboxName(from.text()), false);
            case USER_VALUES -> new LogRecord.UserValues(user, ValueChange.unpack(from));
            default -> throw new Unpacker.Malformed("user record " + kind);
        };
    }

    private static LogRecord mailbox(long box, Unpacker from) {
        int kind = from.u8();
        return switch (kind) {
            case BOX_STATE -> boxState(box, from.text(), from);
            case RENAMED -> new LogRecord.Renamed(box, new MailboxName(from.text()));
            case DELETED -> new LogRecord.Deleted(box, pairs(from));
            case RECENT -> new LogRecord.RecentClaimed(box, from.number());
            case BOX_VALUES -> new LogRecord.BoxValues(box, ValueChange.unpack(from));
            default -> throw new Unpacker.Malformed("mailbox record " + kind);
        };
    }

    static LogRecord.BoxState boxState(long box, String user, Unpacker from) {
        return new LogRecord.BoxState(
                box,
                user,
                new MailboxName(from.text()),
                uses(from.number()),
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.texts());
    }

    private static LogRecord added(long lsn, long box, Unpacker from) {
        int kind = from.u8();
        LogRecord.Cause cause = switch (kind) {
            case 0 -> LogRecord.Cause.NEW;
            case 1 -> LogRecord.Cause.AGAIN;
            case 2 -> LogRecord.Cause.MOVED;
            default -> throw new Unpacker.Malformed("rows of kind " + kind);
        };
        boolean again = cause != LogRecord.Cause.NEW;
        long modSeq = from.number();
        int keywordsFrom = from.count(64);
        List<String> keywords = from.texts();
        int rows = from.count(1 << 24);
        long[] words = new long[rows * Row.WORDS];
        boolean foreign = false;
        long uid = 0;
        for (int at = 0; at < words.length; at += Row.WORDS) {
            uid += from.number();
            long rowModSeq = again ? from.number() : modSeq;
            Row.modSeqAndState(words, at, rowModSeq, from.u8());
            Row.keywords(words, at, from.number());
            Row.sizes(words, at, from.number(), from.number());
            long internalMillis = from.signed();
            Row.identity(words, at, uid, from.number());
            long packed = from.number();
            foreign |= (packed & 1) == 0;
            long body = place(packed, lsn);
            int headLength = from.count(0xffff);
            long head = headLength == 0 ? 0 : place(from.number(), lsn);
            Row.dates(words, at, internalMillis, headLength);
            Row.places(words, at, body, head);
            Row.guid(words, at, from.u64(), from.u64());
        }
        return new LogRecord.Added(box, cause, modSeq, keywordsFrom, keywords, foreign, words);
    }

    private static LogRecord flags(long box, Unpacker from) {
        long modSeq = from.number();
        int keywordsFrom = from.count(64);
        List<String> keywords = from.texts();
        UidSet uids = from.uids();
        int kind = from.u8();
        return new LogRecord.FlagsChanged(
                box,
                modSeq,
                keywordsFrom,
                keywords,
                uids,
                switch (kind) {
                    case 1 -> FlagChange.Kind.ADD;
                    case 2 -> FlagChange.Kind.REMOVE;
                    case 3 -> FlagChange.Kind.REPLACE;
                    default -> throw new Unpacker.Malformed("flag change " + kind);
                },
                from.u8(),
                from.number(),
                Counters.unpack(from));
    }

    private static LogRecord expunged(long box, Unpacker from) {
        boolean again = from.u8() == 1;
        long modSeq = from.number();
        UidSet uids = from.uids();
        Counters change = Counters.unpack(from);
        long[] freed = pairs(from);
        // Not in the first logs of this version.
        long seconds = from.atEnd() ? 0 : from.number();
        return new LogRecord.Expunged(box, again, modSeq, uids, change, freed, seconds);
    }

    private static LogRecord annotated(long box, Unpacker from) {
        boolean again = from.u8() == 1;
        long modSeq = from.number();
        List<LogRecord.Annotated.Part> parts = new ArrayList<>();
        for (int rest = from.count(MOST_PARTS); rest > 0; rest--) {
            parts.add(new LogRecord.Annotated.Part(from.uids(), ValueChange.unpack(from)));
        }
        return new LogRecord.Annotated(box, again, modSeq, parts);
    }

    static long bits(Set<SpecialUse> uses) {
        long bits = 0;
        for (SpecialUse use : uses) {
            bits |= 1L
                    << switch (use) {
                        case ALL -> 0;
                        case ARCHIVE -> 1;
                        case DRAFTS -> 2;
                        case FLAGGED -> 3;
                        case IMPORTANT -> 4;
                        case JUNK -> 5;
                        case SENT -> 6;
                        case TRASH -> 7;
                        case MEMOS -> 8;
                        case SCHEDULED -> 9;
                        case SNOOZED -> 10;
                    };
        }
        return bits;
    }

    static Set<SpecialUse> uses(long bits) {
        if (bits == 0) {
            return Set.of();
        }
        EnumSet<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
        for (SpecialUse use : SpecialUse.values()) {
            if ((bits & bits(Set.of(use))) != 0) {
                uses.add(use);
            }
        }
        return Set.copyOf(uses);
    }
}
