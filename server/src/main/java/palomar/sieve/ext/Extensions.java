package palomar.sieve.ext;

import java.util.List;
import palomar.sieve.Extension;
import palomar.sieve.Language;
import palomar.sieve.ext.base.BaseExtension;
import palomar.sieve.ext.comparators.ComparatorExtension;
import palomar.sieve.ext.copy.CopyExtension;
import palomar.sieve.ext.encodedcharacter.EncodedCharacterExtension;
import palomar.sieve.ext.enotify.EnotifyExtension;
import palomar.sieve.ext.envelope.EnvelopeExtension;
import palomar.sieve.ext.envelopedsn.EnvelopeDeliverByExtension;
import palomar.sieve.ext.envelopedsn.EnvelopeDsnExtension;
import palomar.sieve.ext.extlists.ExtListsExtension;
import palomar.sieve.ext.fcc.FccExtension;
import palomar.sieve.ext.fileinto.FileIntoExtension;
import palomar.sieve.ext.ihave.IhaveExtension;
import palomar.sieve.ext.imapsieve.ImapSieveExtension;
import palomar.sieve.ext.include.IncludeExtension;
import palomar.sieve.ext.notify.OldNotifyExtension;
import palomar.sieve.ext.programs.ExecuteExtension;
import palomar.sieve.ext.programs.FilterExtension;
import palomar.sieve.ext.programs.PipeExtension;
import palomar.sieve.ext.redirectdsn.RedirectDeliverByExtension;
import palomar.sieve.ext.redirectdsn.RedirectDsnExtension;
import palomar.sieve.ext.reject.RejectExtension;
import palomar.sieve.ext.relational.RelationalExtension;
import palomar.sieve.ext.report.ReportExtension;
import palomar.sieve.ext.snooze.SnoozeExtension;
import palomar.sieve.ext.subaddress.SubaddressExtension;
import palomar.sieve.ext.vacation.VacationExtension;
import palomar.sieve.ext.vacation.VacationSecondsExtension;
import palomar.sieve.ext.variables.VariablesExtension;
import palomar.sieve.match.Comparators;

/// All extensions, in the order of their names: one line each.
public final class Extensions {
    private static final List<Extension> ALL = List.of(
            new ComparatorExtension(Comparators.ASCII_CASEMAP),
            new ComparatorExtension(Comparators.ASCII_NUMERIC),
            new ComparatorExtension(Comparators.OCTET),
            new ComparatorExtension(Comparators.UNICODE_CASEMAP),
            new CopyExtension(),
            new EncodedCharacterExtension(),
            new EnotifyExtension(),
            new EnvelopeDeliverByExtension(),
            new EnvelopeDsnExtension(),
            new EnvelopeExtension(),
            RejectExtension.EREJECT,
            new ExtListsExtension(),
            new FccExtension(),
            new FileIntoExtension(),
            new IhaveExtension(),
            new ImapSieveExtension(),
            new IncludeExtension(),
            new OldNotifyExtension(),
            new RedirectDeliverByExtension(),
            new RedirectDsnExtension(),
            RejectExtension.REJECT,
            new RelationalExtension(),
            new SnoozeExtension(),
            new SubaddressExtension(),
            new VacationExtension(),
            new VacationSecondsExtension(),
            new VariablesExtension(),
            new ExecuteExtension(),
            new FilterExtension(),
            new PipeExtension(),
            new ReportExtension());

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
