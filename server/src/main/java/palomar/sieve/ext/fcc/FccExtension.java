package palomar.sieve.ext.fcc;

import java.util.Optional;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.MailboxNames;
import palomar.sieve.Tag;
import palomar.sieve.Text;

/// `:fcc` for `vacation` and `notify`, and with it the tags that say more about a mailbox where their own
/// extensions are required. RFC 8580 3
public final class FccExtension implements Extension {
    @Override
    public String name() {
        return "fcc";
    }

    @Override
    public void declare(Declarations declarations) {
        for (String command : new String[] {"vacation", "notify"}) {
            declarations.tag(command, Tag.of("fcc").string().compile(FccExtension::compile));
            declarations.tag(
                    command, Tag.of("flags").strings().onlyWith("fcc").compile(use -> needs(use, "imap4flags")));
            declarations.tag(command, Tag.of("create").onlyWith("fcc").compile(use -> needs(use, "mailbox")));
            declarations.tag(
                    command, Tag.of("specialuse").string().onlyWith("fcc").compile(use -> needs(use, "special-use")));
            declarations.tag(
                    command, Tag.of("mailboxid").string().onlyWith("fcc").compile(use -> needs(use, "mailboxid")));
        }
    }

    private static Object needs(Tag.Use use, String extension) {
        if (!use.scope().requires(extension)) {
            use.error("unknown tagged argument ':" + use.tag().name() + "' for the "
                    + use.call().label() + ": it needs the '" + extension + "' extension");
        }
        return extension;
    }

    private static FccMaker compile(Tag.Use use) {
        Arguments call = use.call();
        MailboxNames.check(call, ":fcc");
        return new FccMaker(
                use.string(),
                call.has(":flags") ? Optional.of(call.strings(":flags")) : Optional.empty(),
                call.has(":create"),
                optional(call, ":specialuse"),
                optional(call, ":mailboxid"));
    }

    private static Optional<Text> optional(Arguments call, String tag) {
        return call.has(tag) ? Optional.of(call.string(tag)) : Optional.empty();
    }
}
