package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.acl.Right;
import palomar.auth.UserRecord;
import palomar.imap.proto.QuotaCommand;
import palomar.imap.proto.QuotaWriter;
import palomar.imap.proto.QuotaWriter.Resource;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.Tag;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.storage.QuotaLimits;
import palomar.storage.QuotaRoot;
import palomar.storage.QuotaUsage;
import palomar.storage.UserMail;
import palomar.user.UserQuota;

/// GETQUOTA, GETQUOTAROOT, SETQUOTA. RFC 9208
///
/// Each user has one quota root, `#user/NAME`, for all his mailboxes. Others than himself see it and set it only
/// when the configuration names them as administrators.
record QuotaHandler(ImapService service, UserMail mail, Dialogue dialogue) {
    private static final String ROOT = "#user/";
    private static final int KIB = 1024;

    Reply run(QuotaCommand command) throws IOException {
        return switch (command) {
            case QuotaCommand.GetQuota get -> get(get);
            case QuotaCommand.GetQuotaRoot root -> root(root);
            case QuotaCommand.SetQuota set -> set(set);
        };
    }

    private boolean isAdmin() {
        return dialogue.settings().account().quota().admins().contains(mail.user());
    }

    private Reply get(QuotaCommand.GetQuota command) throws IOException {
        String user = user(command.root());
        if (user.equals(mail.user())) {
            tell(command.root(), mail.quota());
        } else {
            try (UserMail other = other(user)) {
                tell(command.root(), other.quota());
            }
        }
        return Reply.ok("GETQUOTA done");
    }

    /// The mailbox need not exist. RFC 9208 4.1.2, which right it takes if it does: 6
    private Reply root(QuotaCommand.GetQuotaRoot command) throws IOException {
        MailboxName name = Names.of(command.mailbox());
        mail.find(name).ifPresent(entry -> MailboxRights.of(mail).require(entry, Right.READ));
        new QuotaWriter(dialogue.out()).root(name.value(), ROOT + mail.user());
        tell(ROOT + mail.user(), mail.quota());
        return Reply.ok("GETQUOTAROOT done");
    }

    private Reply set(QuotaCommand.SetQuota command) throws IOException {
        if (!isAdmin()) {
            return Reply.no(ResponseCode.Plain.NOPERM, "quotas are set by administrators");
        }
        String user = user(command.root());
        Optional<QuotaLimits> limits = limits(command.limits());
        if (limits.isEmpty()) {
            return Reply.no(ResponseCode.Plain.CANNOT, "limits are STORAGE, MESSAGE, MAILBOX, ANNOTATION-STORAGE");
        }
        UserRecord record = known(user);
        boolean asConfigured = roughly(limits.get()).equals(roughly(configured(record)));
        try (UserMail other = other(user)) {
            // What the configuration says anyway is not kept: its next change shall count.
            new Progress(dialogue, command.tag())
                    .during(() -> other.quota().set(asConfigured ? Optional.empty() : limits));
            dialogue.events().info("imap.quota", "limits were set", "of", user, "limits", command.limits());
            tell(command.root(), other.quota());
        }
        return Reply.ok("SETQUOTA done");
    }

    /// What is not named is not limited any more. RFC 9208 4.1.3
    private static Optional<QuotaLimits> limits(Map<String, Long> named) {
        long storage = QuotaLimits.UNLIMITED;
        long messages = QuotaLimits.UNLIMITED;
        long mailboxes = QuotaLimits.UNLIMITED;
        long annotations = QuotaLimits.UNLIMITED;
        for (Map.Entry<String, Long> limit : named.entrySet()) {
            long value = limit.getValue();
            switch (limit.getKey()) {
                case "STORAGE" -> storage = bytes(value);
                case "MESSAGE" -> messages = value;
                case "MAILBOX" -> mailboxes = value;
                case "ANNOTATION-STORAGE" -> annotations = bytes(value);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new QuotaLimits(storage, messages, mailboxes, annotations));
    }

    private static long bytes(long kib) {
        return kib > QuotaLimits.UNLIMITED / KIB ? QuotaLimits.UNLIMITED : kib * KIB;
    }

    /// Whose root it is, if one may know.
    private String user(String root) {
        boolean own = root.equals(ROOT + mail.user());
        if (!own && !(isAdmin() && root.startsWith(ROOT))) {
            throw new MailException(MailError.NOT_FOUND, "there is no such quota root");
        }
        return root.substring(ROOT.length());
    }

    /// Another user, with the limits that the configuration has for him: he may not have logged in yet.
    private UserMail other(String user) {
        UserRecord record = known(user);
        UserMail other = service.storage().open(record.name());
        other.quota().configured(configured(record));
        return other;
    }

    private UserRecord known(String user) {
        return service.door()
                .lookup("imap", user)
                .orElseThrow(() -> new MailException(MailError.NOT_FOUND, "there is no such quota root"));
    }

    private QuotaLimits configured(UserRecord record) {
        QuotaLimits usual = dialogue.settings().account().quota().usual();
        return UserQuota.of(record, usual, dialogue.events());
    }

    /// To the KiB, as clients see them.
    private static QuotaLimits roughly(QuotaLimits limits) {
        return new QuotaLimits(
                limits.storage() / KIB, limits.messages(), limits.mailboxes(), limits.annotations() / KIB);
    }

    private void tell(String root, QuotaRoot quota) throws IOException {
        QuotaLimits limits = quota.limits();
        QuotaUsage usage = quota.usage();
        List<Resource> resources = new ArrayList<>();
        add(resources, "STORAGE", usage.storage(), limits.storage(), KIB);
        add(resources, "MESSAGE", usage.messages(), limits.messages(), 1);
        add(resources, "MAILBOX", usage.mailboxes(), limits.mailboxes(), 1);
        add(resources, "ANNOTATION-STORAGE", usage.annotations(), limits.annotations(), KIB);
        new QuotaWriter(dialogue.out()).quota(root, resources);
    }

    /// Only what is limited is named. RFC 9208 4.2.1
    private static void add(List<Resource> resources, String name, long usage, long limit, int unit) {
        if (limit != QuotaLimits.UNLIMITED) {
            resources.add(new Resource(name, (usage + unit - 1) / unit, limit / unit));
        }
    }

    /// After a command that added mail: who has nearly used up a limit is warned. RFC 9208 4.3.1
    static void warn(UserMail mail, Dialogue dialogue) throws IOException {
        int percent = dialogue.settings().account().quota().warnPercent();
        QuotaRoot quota = mail.quota();
        if (percent > 0 && quota.limits().isAbove(quota.usage(), percent)) {
            dialogue.out()
                    .no(Tag.NONE, ResponseCode.Plain.OVERQUOTA, "more than " + percent + "% of your quota is used");
        }
    }
}
