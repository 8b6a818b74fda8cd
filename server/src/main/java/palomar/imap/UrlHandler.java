package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.acl.Right;
import palomar.imap.proto.ImapUrl;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.UrlCommand;
import palomar.imap.proto.UrlWriter;
import palomar.mail.MailException;
import palomar.storage.UserMail;

/// GENURLAUTH, RESETKEY, URLFETCH. RFC 4467 7, RFC 5524
record UrlHandler(ImapService service, UserMail mail, Dialogue dialogue) {
    private static final String INTERNAL = "INTERNAL";

    Reply run(UrlCommand command) throws IOException {
        return switch (command) {
            case UrlCommand.Generate generate -> generate(generate);
            case UrlCommand.Reset reset -> reset(reset);
            case UrlCommand.Fetch fetch -> fetch(fetch);
        };
    }

    /// All or none. RFC 4467 7: GENURLAUTH
    private Reply generate(UrlCommand.Generate command) throws IOException {
        List<UserMail.Entry> mailboxes = new ArrayList<>();
        for (UrlCommand.Rump rump : command.urls()) {
            if (!rump.mechanism().equals(INTERNAL)) {
                return Reply.no(ResponseCode.Plain.CANNOT, "the only mechanism is INTERNAL");
            }
            mailboxes.add(mailbox(rump.url()));
        }
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < mailboxes.size(); i++) {
            String rump = command.urls().get(i).url();
            urls.add(service.urlKeys().authorise(mail, mailboxes.get(i).id(), rump));
        }
        new UrlWriter(dialogue.out()).generated(urls);
        return Reply.ok("GENURLAUTH done");
    }

    /// The mailbox of a URL that may be authorised by this user.
    ///
    /// @throws BadArgument when it may not
    private UserMail.Entry mailbox(String rump) {
        return switch (ImapUrl.parse(rump, dialogue.settings().users())) {
            case ImapUrl.Invalid(String why) -> throw new BadArgument(why);
            case ImapUrl.Valid(ImapUrl url) -> mailbox(url);
        };
    }

    private UserMail.Entry mailbox(ImapUrl url) {
        if (url.token().isPresent()) {
            throw new BadArgument("the URL is authorised already");
        }
        if (url.access().isEmpty()) {
            throw new BadArgument("missing access identifier in supplied URL");
        }
        Optional<String> owner = url.server().flatMap(ImapUrl.Server::user);
        if (owner.isEmpty() || url.mailbox().isEmpty()) {
            throw new BadArgument("missing owner username in supplied URL");
        }
        if (!owner.get().equals(mail.user())) {
            throw new BadArgument("the owner in the supplied URL is not you");
        }
        UserMail.Entry entry = UrlContent.find(mail, url.mailbox().get(), url.uidValidity())
                .orElseThrow(() -> new BadArgument("there is no such mailbox as in the supplied URL"));
        MailboxRights.of(mail).require(entry, Right.READ);
        return entry;
    }

    private Reply reset(UrlCommand.Reset command) {
        for (String mechanism : command.mechanisms()) {
            if (!mechanism.equals(INTERNAL)) {
                return Reply.no(ResponseCode.Plain.CANNOT, "the only mechanism is INTERNAL");
            }
        }
        Progress progress = new Progress(dialogue, command.tag());
        if (command.mailbox().isEmpty()) {
            progress.during(() ->
                    mail.mailboxes().forEach(entry -> service.urlKeys().remove(mail, entry.id())));
            return Reply.ok("all keys are removed");
        }
        UserMail.Entry entry =
                MailboxHandler.existing(mail, Names.of(command.mailbox().get()));
        progress.during(() -> service.urlKeys().reset(mail, entry.id()));
        return dialogue.isPrivate()
                ? Reply.ok(ResponseCode.Plain.URLMECH_INTERNAL, "the key is new")
                : Reply.ok("the key is new");
    }

    /// Always OK; what can't be had is NIL. RFC 4467 7: URLFETCH
    private Reply fetch(UrlCommand.Fetch command) throws IOException {
        for (UrlCommand.Wanted wanted : command.urls()) {
            UrlAnswer answer = new UrlAnswer(dialogue, wanted);
            try (UrlAccess access = new UrlAccess(service, mail, dialogue)) {
                Optional<UrlContent> found = access.open(wanted.url());
                if (found.isPresent()) {
                    try (UrlContent content = found.get()) {
                        answer.prepare(content);
                        answer.tell();
                    }
                    continue;
                }
            } catch (MailException e) {
                dialogue.events().warn("imap.url-failed", "a URL could not be followed", "cause", e.getMessage());
                return Reply.no(ResponseCode.of(e.kind()), e.getMessage());
            }
            answer.tell();
        }
        return Reply.ok("URLFETCH done");
    }
}
