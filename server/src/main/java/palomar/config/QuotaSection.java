package palomar.config;

import java.util.List;
import java.util.Optional;

/// `[quota]`
public record QuotaSection(
        @Setting(
                doc = "Bytes of all messages of one user. Fields of the userdb win over this and the next settings: "
                        + "quota_rule, quota_storage_size, quota_message_count, quota_mailbox_count, "
                        + "quota_annotation_size.",
                min = "1KiB")
        Optional<ByteSize> storage,

        @Setting(doc = "Messages of one user.", min = "1") Optional<Integer> messages,

        @Setting(doc = "Mailboxes of one user, INBOX included.", min = "1")
        Optional<Integer> mailboxes,

        @Setting(doc = "Bytes of all annotations of one user.", min = "1KiB")
        Optional<ByteSize> annotations,

        @Setting(
                doc = "Who has used more than so many percent of a limit is warned when he adds mail (an untagged NO "
                        + "[OVERQUOTA]). 0: nobody is.",
                value = "0",
                min = "0",
                max = "100")
        int warnPercent,

        @Setting(doc = "Users who may see and set everybody's quota by IMAP (SETQUOTA).")
        List<String> admins) {}
