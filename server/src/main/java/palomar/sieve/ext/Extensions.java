package palomar.sieve.ext;

import java.util.List;
import palomar.sieve.Extension;
import palomar.sieve.Language;
import palomar.sieve.ext.base.BaseExtension;
import palomar.sieve.ext.body.BodyExtension;
import palomar.sieve.ext.comparators.ComparatorExtension;
import palomar.sieve.ext.convert.ConvertExtension;
import palomar.sieve.ext.copy.CopyExtension;
import palomar.sieve.ext.date.DateExtension;
import palomar.sieve.ext.duplicate.DuplicateExtension;
import palomar.sieve.ext.editheader.EditHeaderExtension;
import palomar.sieve.ext.enclose.EncloseExtension;
import palomar.sieve.ext.encodedcharacter.EncodedCharacterExtension;
import palomar.sieve.ext.enotify.EnotifyExtension;
import palomar.sieve.ext.envelope.EnvelopeExtension;
import palomar.sieve.ext.envelopedsn.EnvelopeDeliverByExtension;
import palomar.sieve.ext.envelopedsn.EnvelopeDsnExtension;
import palomar.sieve.ext.environment.DovecotConfigExtension;
import palomar.sieve.ext.environment.DovecotEnvironmentExtension;
import palomar.sieve.ext.environment.EnvironmentExtension;
import palomar.sieve.ext.extlists.ExtListsExtension;
import palomar.sieve.ext.extracttext.ExtractTextExtension;
import palomar.sieve.ext.fcc.FccExtension;
import palomar.sieve.ext.fileinto.FileIntoExtension;
import palomar.sieve.ext.foreverypart.ForEveryPartExtension;
import palomar.sieve.ext.ihave.IhaveExtension;
import palomar.sieve.ext.imap4flags.Imap4FlagsExtension;
import palomar.sieve.ext.imap4flags.ImapFlagsExtension;
import palomar.sieve.ext.imapsieve.DovecotImapSieveExtension;
import palomar.sieve.ext.imapsieve.ImapSieveExtension;
import palomar.sieve.ext.include.IncludeExtension;
import palomar.sieve.ext.index.IndexExtension;
import palomar.sieve.ext.log.LogExtension;
import palomar.sieve.ext.mailbox.MailboxExtension;
import palomar.sieve.ext.mailboxid.MailboxIdExtension;
import palomar.sieve.ext.metadata.MboxMetadataExtension;
import palomar.sieve.ext.metadata.ServerMetadataExtension;
import palomar.sieve.ext.mime.MimeExtension;
import palomar.sieve.ext.notify.OldNotifyExtension;
import palomar.sieve.ext.programs.ExecuteExtension;
import palomar.sieve.ext.programs.FilterExtension;
import palomar.sieve.ext.programs.PipeExtension;
import palomar.sieve.ext.redirectdsn.RedirectDeliverByExtension;
import palomar.sieve.ext.redirectdsn.RedirectDsnExtension;
import palomar.sieve.ext.regex.RegexExtension;
import palomar.sieve.ext.reject.RejectExtension;
import palomar.sieve.ext.relational.RelationalExtension;
import palomar.sieve.ext.replace.ReplaceExtension;
import palomar.sieve.ext.report.ReportExtension;
import palomar.sieve.ext.snooze.SnoozeExtension;
import palomar.sieve.ext.spamtest.SpamTestExtension;
import palomar.sieve.ext.specialuse.SpecialUseExtension;
import palomar.sieve.ext.subaddress.SubaddressExtension;
import palomar.sieve.ext.uservariables.UserVariablesExtension;
import palomar.sieve.ext.vacation.VacationExtension;
import palomar.sieve.ext.vacation.VacationSecondsExtension;
import palomar.sieve.ext.variables.VariablesExtension;
import palomar.sieve.match.Comparators;

/// All extensions, in the order of their names: one line each.
public final class Extensions {
    private static final List<Extension> ALL = List.of(
            new BodyExtension(),
            new ComparatorExtension(Comparators.ASCII_CASEMAP),
            new ComparatorExtension(Comparators.ASCII_NUMERIC),
            new ComparatorExtension(Comparators.OCTET),
            new ComparatorExtension(Comparators.UNICODE_CASEMAP),
            new ConvertExtension(),
            new CopyExtension(),
            new DateExtension(),
            DuplicateExtension.STANDARD,
            new EditHeaderExtension(),
            new EncloseExtension(),
            new EncodedCharacterExtension(),
            new EnotifyExtension(),
            new EnvironmentExtension(),
            new EnvelopeDeliverByExtension(),
            new EnvelopeDsnExtension(),
            new EnvelopeExtension(),
            RejectExtension.EREJECT,
            new ExtListsExtension(),
            new ExtractTextExtension(),
            new FccExtension(),
            new FileIntoExtension(),
            new ForEveryPartExtension(),
            new IhaveExtension(),
            new Imap4FlagsExtension(),
            new ImapFlagsExtension(),
            new ImapSieveExtension(),
            new IncludeExtension(),
            new IndexExtension(),
            new MailboxExtension(),
            new MailboxIdExtension(),
            new MboxMetadataExtension(),
            new MimeExtension(),
            new OldNotifyExtension(),
            new RedirectDeliverByExtension(),
            new RedirectDsnExtension(),
            RejectExtension.REJECT,
            new RegexExtension(),
            new RelationalExtension(),
            new ReplaceExtension(),
            new ServerMetadataExtension(),
            new SnoozeExtension(),
            SpamTestExtension.SPAM,
            SpamTestExtension.SPAM_PLUS,
            new SpecialUseExtension(),
            new SubaddressExtension(),
            new VacationExtension(),
            new VacationSecondsExtension(),
            new VariablesExtension(),
            SpamTestExtension.VIRUS,
            LogExtension.CYRUS,
            LogExtension.DEBUG,
            DuplicateExtension.OLD,
            new DovecotEnvironmentExtension(),
            new ExecuteExtension(),
            new FilterExtension(),
            new PipeExtension(),
            new ReportExtension(),
            new DovecotConfigExtension(),
            new DovecotImapSieveExtension(),
            new UserVariablesExtension());

    private static final List<Extension> BASE = List.of(new BaseExtension());
    private static final Language LANGUAGE = Language.of(BASE, ALL);

    private Extensions() {}

    /// What scripts have without requiring it.
    public static List<Extension> base() {
        return BASE;
    }

    public static List<Extension> all() {
        return ALL;
    }

    /// The language with all of them.
    public static Language language() {
        return LANGUAGE;
    }
}
