package palomar.delivery.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.MessageVersion;
import palomar.sieve.Action;
import palomar.sieve.Envelope;
import palomar.sieve.Host;
import palomar.sieve.Result;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.storage.QuotaLimits;
import palomar.storage.UserMail;

class ExecutionTest {
    private final Rig rig = new Rig();
    private MessageVersion version;

    private MessageVersion version() throws IOException {
        if (version == null) {
            version = rig.message().version();
        }
        return version;
    }

    private Action.FileInto into(String mailbox) throws IOException {
        return Action.FileInto.of(mailbox, version());
    }

    private Action.Vacation vacation(String reason) throws IOException {
        return new Action.Vacation(
                reason, false, 3600, "h", Optional.empty(), Optional.empty(), List.of(), version(), Optional.empty());
    }

    private void create(String name, SpecialUse... uses) {
        try (UserMail user = rig.storage.open("bob")) {
            user.create(MailboxName.of(name), Set.of(uses));
        }
    }

    @Test
    void withoutActionsTheMessageIsKeptOnce() throws IOException {
        Carried carried = rig.carry(new Result());
        assertThat(carried.errors()).isEmpty();
        assertThat(carried.copies()).hasSize(1);
        assertThat(rig.mailbox("INBOX")).containsExactly(Rig.MAIL);
    }

    @Test
    void aMissingMailboxIsAnErrorAndTheMessageIsKept() throws IOException {
        Carried carried = rig.carry(into("Lists"), Action.Redirect.of("carl@far.example", version()));
        assertThat(carried.errors())
                .containsExactly("failed to store into mailbox 'Lists': the mailbox does not exist");
        assertThat(rig.mailbox("INBOX")).containsExactly(Rig.MAIL);
        assertThat(rig.mailbox("Lists")).isNull();
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void aNameThatCanBeNoneIsAnErrorAndTheMessageIsKept() throws IOException {
        assertThat(rig.carry(into("a//b")).errors().getFirst())
                .contains("failed to store into mailbox 'a//b': invalid folder name");
        assertThat(rig.mailbox("INBOX")).hasSize(1);
    }

    @Test
    void createMakesParentsAndSubscribes() throws IOException {
        assertThat(rig.carry(into("a/b").withCreate()).ok()).isTrue();
        assertThat(rig.mailbox("a/b")).hasSize(1);
        assertThat(rig.mailbox("a")).isEmpty();
        try (UserMail user = rig.storage.open("bob")) {
            assertThat(user.subscriptions()).containsExactly(MailboxName.of("a/b"));
        }
    }

    @Test
    void autocreateNeedsNoTag() throws IOException {
        rig.autocreate = true;
        assertThat(rig.carry(into("Lists")).ok()).isTrue();
        assertThat(rig.mailbox("Lists")).hasSize(1);
    }

    @Test
    void specialUseWinsOverTheNameAndIsGivenToWhatIsMade() throws IOException {
        create("Rubbish", SpecialUse.JUNK);
        rig.carry(into("Spam").withSpecialUse("\\Junk").withCreate());
        assertThat(rig.mailbox("Rubbish")).hasSize(1);
        assertThat(rig.mailbox("Spam")).isNull();
        rig.carry(into("Old").withSpecialUse("\\archive").withCreate());
        try (UserMail user = rig.storage.open("bob")) {
            assertThat(user.find(MailboxName.of("Old")).orElseThrow().uses()).containsExactly(SpecialUse.ARCHIVE);
        }
    }

    @Test
    void anIdWinsOverTheNameAndFallsBackToIt() throws IOException {
        create("a");
        create("b");
        String id;
        try (UserMail user = rig.storage.open("bob")) {
            id = user.find(MailboxName.of("a")).orElseThrow().id().toString();
        }
        rig.carry(into("b").withMailboxId(id));
        rig.carry(into("b").withMailboxId("Mffff"));
        assertThat(rig.mailbox("a")).hasSize(1);
        assertThat(rig.mailbox("b")).hasSize(1);
    }

    @Test
    void overQuotaForSeveralCopiesKeepsOne() throws IOException {
        create("a");
        try (UserMail user = rig.storage.open("bob")) {
            user.quota().set(Optional.of(QuotaLimits.NONE.withMessages(1)));
        }
        Carried carried = rig.carry(into("a"), new Action.Keep(version(), Optional.empty()));
        assertThat(carried.errors().getFirst()).startsWith("failed to store into mailbox 'a': ");
        assertThat(rig.mailbox("a")).isEmpty();
        assertThat(rig.mailbox("INBOX")).hasSize(1);
        assertThatThrownBy(() -> rig.carry(into("a")))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.OVER_QUOTA));
    }

    @Test
    void anEditedMessageIsStoredBesideTheOriginal() throws IOException {
        create("a");
        EditedMessage message = rig.message();
        MessageVersion before = message.version();
        message.add(Field.of("X-Seen", "yes"), false);
        rig.carry(
                Action.FileInto.of("a", before),
                new Action.Keep(message.version(), Optional.of(List.of("\\Seen", "work"))));
        assertThat(rig.mailbox("a")).containsExactly(Rig.MAIL);
        assertThat(rig.mailbox("INBOX")).containsExactly("X-Seen: yes\r\n" + Rig.MAIL);
    }

    @Test
    void aSecondCallCarriesOutOnlyWhatIsNew() throws IOException {
        create("a");
        Result result = new Result();
        Letter letter = Letter.of(rig.content(), rig.envelope, rig.now);
        try (UserMail user = rig.storage.open("bob");
                Execution execution =
                        new Execution(rig.person(user), letter, rig.around(), Memory.NONE, Attempt.ONLY)) {
            result.add(Action.Redirect.of("carl@far.example", version()).withCopy());
            execution.carry(result, rig.message());
            result.add(into("a"));
            execution.carry(result, rig.message());
            execution.carry(result, rig.message());
        }
        assertThat(rig.sent).hasSize(1);
        assertThat(rig.mailbox("a")).hasSize(1);
        assertThat(rig.mailbox("INBOX")).hasSize(1);
    }

    @Test
    void aRedirectGoesOutWithTheSenderAndWithoutReturnPath() throws IOException {
        rig.mail = "Return-Path: <ann@post.example>\r\n" + Rig.MAIL;
        Carried carried = rig.carry(Action.Redirect.of("carl@far.example", version()));
        assertThat(carried.sent()).isEqualTo(1);
        assertThat(rig.mailbox("INBOX")).isEmpty();
        assertThat(rig.sent.getFirst().envelope().sender().address()).isEqualTo("ann@post.example");
        assertThat(rig.sent.getFirst().envelope().recipients())
                .extracting(EnvelopeRecipient::address)
                .extracting(Object::toString)
                .containsExactly("<carl@far.example>");
        assertThat(Rig.text(rig.sent.getFirst().content()))
                .endsWith(Rig.MAIL)
                .contains("X-Sieve-Redirected-From: bob@home.example\r\n")
                .doesNotContain("Return-Path");
    }

    @Test
    void theOperatorChoosesTheSenderOfRedirects() throws IOException {
        for (var each : Map.of(
                        "recipient", "bob@home.example",
                        "postmaster", "postmaster@home.example",
                        " <x@y.example> ", "x@y.example",
                        "<>", "",
                        "sender", "ann@post.example")
                .entrySet()) {
            rig.settings.put("sieve_redirect_envelope_from", each.getKey());
            rig.carry(Action.Redirect.of("carl@far.example", version()));
            assertThat(rig.sent.getLast().envelope().sender().address())
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
        rig.settings.put("sieve_redirect_envelope_from", "recipient");
        rig.envelope = Envelope.of("", "bob@home.example");
        rig.carry(Action.Redirect.of("carl@far.example", version()));
        assertThat(rig.sent.getLast().envelope().sender().isNull()).isTrue();
    }

    @Test
    void whatGoesInCirclesIsKept() throws IOException {
        rig.mail = "X-Sieve-Redirected-From: Bob@home.example\r\n" + Rig.MAIL;
        Carried carried = rig.carry(Action.Redirect.of("carl@far.example", version()));
        assertThat(carried.errors()).hasSize(1);
        assertThat(rig.sent).isEmpty();
        assertThat(rig.mailbox("INBOX")).hasSize(1);
    }

    @Test
    void theSameMessageIsSentOnOnceInItsPeriod() throws IOException {
        rig.memory = null;
        rig.carry(Action.Redirect.of("carl@far.example", version()));
        rig.carry(Action.Redirect.of("Carl@far.example", version()));
        assertThat(rig.sent).hasSize(1);
        rig.later(Duration.ofHours(13));
        rig.carry(Action.Redirect.of("carl@far.example", version()));
        assertThat(rig.sent).hasSize(2);
        rig.settings.put("sieve_redirect_duplicate_period", "0");
        rig.carry(Action.Redirect.of("carl@far.example", version()));
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    void tooManyRedirectsAreKept() throws IOException {
        rig.allowance = (user, kind) -> false;
        assertThat(rig.carry(Action.Redirect.of("carl@far.example", version()))
                        .errors()
                        .getFirst())
                .contains("too many messages were redirected lately");
        assertThat(rig.mailbox("INBOX")).hasSize(1);
    }

    @Test
    void whatTheOutboxCantTakeNowIsTriedAgainAndFiledOnce() throws IOException {
        rig.memory = null;
        rig.outboxFails = MailError.UNAVAILABLE;
        rig.attempt = new Attempt("d1", false, Map.of());
        Action[] both = {into("INBOX"), Action.Redirect.of("carl@far.example", version()), vacation("Gone")};
        assertThatThrownBy(() -> rig.carry(both)).isInstanceOf(MailException.class);
        assertThat(rig.mailbox("INBOX")).hasSize(1);
        rig.outboxFails = null;
        rig.attempt = new Attempt("d1", true, Map.of());
        assertThat(rig.carry(both).sent()).isEqualTo(2);
        assertThat(rig.carry(both).sent()).isZero();
        assertThat(rig.mailbox("INBOX")).hasSize(1);
        assertThat(rig.sent).hasSize(2);
        rig.attempt = new Attempt("d2", false, Map.of());
        rig.carry(both);
        assertThat(rig.sent).as("remembered by another delivery").hasSize(2);
        assertThat(rig.mailbox("INBOX")).hasSize(2);
    }

    @Test
    void whatTheOutboxNeverTakesIsKept() throws IOException {
        rig.outboxFails = MailError.LIMIT;
        Carried carried = rig.carry(Action.Redirect.of("carl@far.example", version()));
        assertThat(carried.errors()).containsExactly("failed to redirect message to <carl@far.example>: as told");
        assertThat(rig.mailbox("INBOX")).hasSize(1);
    }

    @Test
    void rejectionIsSaidInTheProtocolOrByMail() throws IOException {
        rig.refusable = true;
        assertThat(rig.carry(new Action.Reject("Not you", false)).refusal()).contains("Not you");
        assertThat(rig.carry(new Action.Reject("Nein, grüß Gott", false)).refusal())
                .isEmpty();
        assertThat(rig.carry(new Action.Reject("Nein, grüß Gott", true)).refusal())
                .isPresent();
        rig.refusable = false;
        rig.carry(new Action.Reject("Not you", true));
        assertThat(rig.sent).hasSize(2);
        assertThat(rig.sent.getLast().envelope().sender().isNull()).isTrue();
        assertThat(Rig.text(rig.sent.getLast().content()))
                .contains("report-type=disposition-notification", "Not you", "In-Reply-To: <1@post.example>");
        rig.envelope = Envelope.of("", "bob@home.example");
        rig.carry(new Action.Reject("Not you", true));
        assertThat(rig.sent).as("nobody is told").hasSize(2);
        assertThat(rig.mailbox("INBOX")).isEmpty();
    }

    @Test
    void aVacationReplyAnswersOnceInItsTime() throws IOException {
        rig.memory = null;
        rig.carry(vacation("Gone fishing"));
        rig.carry(vacation("Gone fishing"));
        assertThat(rig.sent).hasSize(1);
        assertThat(rig.sent.getFirst().envelope().sender().isNull()).isTrue();
        assertThat(Rig.text(rig.sent.getFirst().content()))
                .contains(
                        "From: bob@home.example\r\n",
                        "To: Ann <ann@post.example>\r\n",
                        "Subject: Auto: Lunch?\r\n",
                        "In-Reply-To: <1@post.example>\r\n",
                        "References: <1@post.example>\r\n",
                        "Auto-Submitted: auto-replied (vacation)\r\n",
                        "Gone fishing");
        rig.later(Duration.ofHours(2));
        rig.carry(vacation("Gone fishing"));
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void nobodyAnswersListsProgramsOrHimself() throws IOException {
        for (String field : List.of(
                "List-Id: <l.example>",
                "List-Unsubscribe: <mailto:x@y.example>",
                "Auto-Submitted: auto-generated",
                "Auto-Submitted: auto-replied; x=y",
                "Precedence: bulk",
                "X-Auto-Response-Suppress: DR, OOF")) {
            rig.mail = field + "\r\n" + Rig.MAIL;
            version = null;
            assertThat(rig.carry(vacation("Gone")).notes().getFirst()).as(field).contains("no vacation reply");
        }
        rig.mail = Rig.MAIL;
        version = null;
        for (String sender : List.of(
                "", "MAILER-DAEMON@x.example", "owner-x@y.example", "x-request@y.example", "BOB@home.example")) {
            rig.envelope = Envelope.of(sender, "bob@home.example");
            rig.carry(vacation("Gone"));
        }
        rig.envelope = Envelope.of("ann@post.example", "other@home.example");
        rig.mail = Rig.MAIL.replace("To: bob@home.example", "To: all@home.example");
        version = null;
        rig.carry(vacation("Gone"));
        assertThat(rig.sent).isEmpty();
        rig.mail = "Auto-Submitted: no\r\n" + Rig.MAIL;
        version = null;
        rig.carry(vacation("Gone"));
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void aCopyOfAReplyIsFiled() throws IOException {
        create("Sent");
        Action.Fcc fcc =
                new Action.Fcc("Sent", Optional.of(List.of("\\Seen")), false, Optional.empty(), Optional.empty());
        Action.Vacation plain = vacation("Gone");
        Carried carried = rig.carry(
                new Action.Keep(version(), Optional.empty()),
                new Action.Vacation(
                        plain.reason(),
                        false,
                        0,
                        "h",
                        Optional.of("Away"),
                        Optional.of("Bob <bob@home.example>"),
                        List.of(),
                        version(),
                        Optional.of(fcc)));
        assertThat(carried.copies()).as("of the message itself").hasSize(1);
        assertThat(rig.mailbox("Sent"))
                .containsExactly(Rig.text(rig.sent.getFirst().content()));
        assertThat(rig.mailbox("Sent").getFirst()).contains("Subject: Away\r\n", "From: Bob <bob@home.example>\r\n");
    }

    @Test
    void aNotificationByMailSaysThatItIsOne() throws IOException {
        Action.Notify notify = new Action.Notify(
                "mailto:carl@far.example?cc=dora@far.example&X-Note=1&from=evil@x.example",
                Optional.empty(),
                1,
                List.of(),
                Optional.of("You have mail"),
                version(),
                Optional.empty());
        rig.carry(notify);
        assertThat(rig.sent.getFirst().envelope().recipients()).hasSize(2);
        assertThat(Rig.text(rig.sent.getFirst().content()))
                .contains(
                        "Auto-Submitted: auto-notified",
                        "Subject: You have mail\r\n",
                        "x-note: 1\r\n",
                        "Importance: High")
                .doesNotContain("evil");
        rig.mail = "Auto-Submitted: auto-generated\r\n" + Rig.MAIL;
        version = null;
        rig.carry(new Action.Notify(
                "mailto:carl@far.example",
                Optional.empty(),
                2,
                List.of(),
                Optional.empty(),
                version(),
                Optional.empty()));
        assertThat(rig.sent).hasSize(1);
    }

    private Action.Notify hook(String uri) throws IOException {
        return new Action.Notify(
                uri,
                Optional.of("Bob <bob@home.example>"),
                1,
                List.of("a=b", "c=\u0001\""),
                Optional.of("A \"quoted\"\r\n\\ text \ud83d\ude00 \ud83d"),
                version(),
                Optional.empty());
    }

    @Test
    void aNotificationToTheWebIsOneObjectOfJson() throws IOException {
        rig.settings.put("sieve_notify_https_hosts", "hooks.example *");
        rig.mail = Rig.MAIL.replace("Lunch?", "=?utf-8?q?Gr=C3=BC=C3=9Fe_=22x=22?=");
        Carried carried = rig.carry(hook("https://hooks.example/x"), hook("https://other.example/x"));
        assertThat(carried.sent()).isEqualTo(2);
        assertThat(rig.sent
                        .getFirst()
                        .envelope()
                        .options()
                        .webhook()
                        .orElseThrow()
                        .named())
                .isTrue();
        assertThat(rig.sent
                        .getLast()
                        .envelope()
                        .options()
                        .webhook()
                        .orElseThrow()
                        .named())
                .isFalse();
        assertThat(Rig.text(rig.sent.getFirst().content()))
                .isEqualTo("{\"version\":1,\"user\":\"bob\",\"from\":\"Ann <ann@post.example>\","
                        + "\"subject\":\"Grüße \\\"x\\\"\",\"message-id\":\"<1@post.example>\","
                        + "\"received\":\"2026-11-24T12:00:00Z\",\"importance\":1,"
                        + "\"text\":\"A \\\"quoted\\\"\\r\\n\\\\ text \ud83d\ude00 \ufffd\","
                        + "\"notify-from\":\"Bob <bob@home.example>\",\"options\":[\"a=b\",\"c=\\u0001\\\"\"]}");
    }

    @Test
    void aNotificationToTheWebNeedsTheOperatorsConsentAndIsNoneOfANotification() throws IOException {
        assertThat(rig.carry(hook("https://hooks.example/x")).notes())
                .singleElement()
                .asString()
                .contains("not available");
        rig.settings.put("sieve_notify_https_hosts", "other.example");
        assertThat(rig.carry(hook("https://hooks.example/x")).notes())
                .singleElement()
                .asString()
                .contains("not available");
        rig.settings.put("sieve_notify_https_hosts", "*");
        rig.mail = "Auto-Submitted: auto-notified\r\n" + Rig.MAIL;
        version = null;
        assertThat(rig.carry(hook("https://hooks.example/x")).notes())
                .singleElement()
                .asString()
                .contains("a notification itself");
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void aReportIsAComplaintByMail() throws IOException {
        rig.carry(new Action.Report("abuse", "Spam!", "abuse@far.example", true, version()));
        assertThat(rig.sent.getFirst().envelope().sender().address()).isEqualTo("postmaster@home.example");
        assertThat(Rig.text(rig.sent.getFirst().content()))
                .contains("report-type=feedback-report", "Feedback-Type: abuse", "Spam!", "text/rfc822-headers");
    }

    @Test
    void aProgramThatFailsIsAnErrorUnlessItIsOptional() throws IOException {
        rig.programs = (call, settings) -> new Host.ProgramResult(call.program().equals("good") ? 0 : 3, new byte[0]);
        assertThat(rig.carry(new Action.Pipe("good", List.of(), version(), false, false))
                        .ok())
                .isTrue();
        assertThat(rig.mailbox("INBOX")).isEmpty();
        assertThat(rig.carry(new Action.Pipe("bad", List.of(), version(), false, false))
                        .errors())
                .containsExactly("failed to pipe message to program 'bad': it ended with status 3");
        assertThat(rig.mailbox("INBOX")).hasSize(1);
        assertThat(rig.carry(new Action.Pipe("bad", List.of(), version(), false, true))
                        .ok())
                .isTrue();
        assertThat(rig.mailbox("INBOX")).hasSize(2);
    }

    @Test
    void aDuplicateIsRememberedForItsTimeAndNoLonger() throws IOException {
        rig.memory = null;
        rig.attempt = new Attempt("d1", false, Map.of());
        rig.carry(new Action.Discard(), new Action.MarkDuplicate("key", 60));
        try (UserMail user = rig.storage.open("bob")) {
            assertThat(new StoreMemory(user.attributes(), rig.clock, "d2").knows(Memory.Kind.DUPLICATE, "key"))
                    .isTrue();
            assertThat(new StoreMemory(user.attributes(), rig.clock, "d1").knows(Memory.Kind.DUPLICATE, "key"))
                    .as("by the same delivery")
                    .isFalse();
            rig.later(Duration.ofSeconds(61));
            assertThat(new StoreMemory(user.attributes(), rig.clock, "d2").knows(Memory.Kind.DUPLICATE, "key"))
                    .isFalse();
        }
    }

    @Test
    void whatIsRememberedIsBounded() throws IOException {
        try (UserMail user = rig.storage.open("bob")) {
            StoreMemory memory = new StoreMemory(user.attributes(), rig.clock, "");
            for (int i = 0; i < 2100; i++) {
                user.attributes().change(memory.remembering(Memory.Kind.REPLY, "k" + i, 1000L + i));
            }
            assertThat(user.attributes().under("sieve/reply/")).hasSize(2000);
            assertThat(memory.knows(Memory.Kind.REPLY, "k0")).isFalse();
            assertThat(memory.knows(Memory.Kind.REPLY, "k2099")).isTrue();
        }
    }

    @Test
    void bytesOfTheOriginalComeFromWhatWasStaged() throws IOException {
        try (UserMail user = rig.storage.open("bob");
                var staging = rig.storage.stage()) {
            byte[] head = "Return-Path: <ann@post.example>\r\n".getBytes(StandardCharsets.US_ASCII);
            staging.write(Rig.MAIL.getBytes(StandardCharsets.UTF_8));
            ByteSource whole =
                    ByteSource.of(("Return-Path: <ann@post.example>\r\n" + Rig.MAIL).getBytes(StandardCharsets.UTF_8));
            Letter letter = new Letter(whole, Optional.of(staging.finish()), head, rig.envelope, false, rig.now);
            try (Execution execution =
                    new Execution(rig.person(user), letter, rig.around(), Memory.NONE, Attempt.ONLY)) {
                execution.carry(new Result(), EditedMessage.of(whole));
            }
        }
        assertThat(rig.mailbox("INBOX")).containsExactly("Return-Path: <ann@post.example>\r\n" + Rig.MAIL);
    }
}
