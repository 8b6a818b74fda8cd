package palomar.imap.proto;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The arguments of GETQUOTA, GETQUOTAROOT and SETQUOTA. RFC 9208 7
final class QuotaParser {
    private final Arguments args;

    QuotaParser(Arguments args) {
        this.args = args;
    }

    QuotaCommand.GetQuota get(Tag tag) throws IOException, SyntaxException {
        String root = root();
        args.end();
        return new QuotaCommand.GetQuota(tag, root);
    }

    QuotaCommand.GetQuotaRoot root(Tag tag) throws IOException, SyntaxException {
        args.space("a mailbox name");
        String mailbox = args.mailbox("a mailbox name");
        args.end();
        return new QuotaCommand.GetQuotaRoot(tag, mailbox);
    }

    QuotaCommand.SetQuota set(Tag tag) throws IOException, SyntaxException {
        String root = root();
        args.space("limits in parentheses");
        args.take('(', "limits in parentheses");
        Map<String, Long> limits = new LinkedHashMap<>();
        while (!args.skip(')')) {
            if (!limits.isEmpty()) {
                args.space("a resource");
            }
            String resource = args.name("a resource");
            args.space("a limit");
            if (limits.putIfAbsent(resource, args.number64("a limit")) != null) {
                throw args.invalid("a resource twice");
            }
            if (limits.size() > args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " resources");
            }
        }
        args.end();
        return new QuotaCommand.SetQuota(tag, root, limits);
    }

    private String root() throws IOException, SyntaxException {
        args.space("a quota root");
        return args.astring("a quota root");
    }
}
