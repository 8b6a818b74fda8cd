# What Mail::IMAPTalk does in PerlImapTalkIT. Arguments: port, user, folder with 1.eml 2.eml 3.eml.
# Writes N.out for each message fetched, and one line for each answer that the test compares.
use strict;
use warnings;
use Mail::IMAPTalk;

my ($port, $user, $folder) = @ARGV;

sub connected {
    my $talk = Mail::IMAPTalk->new(
        Server => '127.0.0.1', Port => $port, Username => $user, Password => 'demo',
        Uid => 1, UseCompress => $_[0],
    ) or die "connect: $@";
    return $talk;
}

my $imap = connected(1);
sub must { my ($what, @got) = @_; $got[0] or die "$what: " . ($imap->get_last_error // $@); return wantarray ? @got : $got[0]; }

print 'compressed ', ($imap->{CompressDeflate} ? 1 : 0), "\n";
must('create', $imap->create('Archive.2026'));
must('create', $imap->create('Archive'));
must('enable', $imap->enable('qresync'));
for my $n (1 .. 3) {
    open my $file, '<:raw', "$folder/$n.eml" or die "$folder/$n.eml: $!";
    local $/;
    my @flags = $n == 2 ? '(\\Flagged)' : ();
    must('append', $imap->append('INBOX', @flags, { Literal => scalar <$file> }));
    print 'appended ', join(' ', (@{$imap->get_response_code('appenduid')})[1]), "\n";
}
must('select', $imap->select('INBOX'));
print 'found ', join(' ', must('search', $imap->search('subject', { Quote => 'second' }))), "\n";
print 'sorted ', join(' ', must('sort', $imap->sort('(reverse subject)', 'US-ASCII', 'ALL'))), "\n";
my $fetched = must('fetch', $imap->fetch('1:*', '(uid rfc822.size flags envelope bodystructure body.peek[])'));
for my $uid (sort keys %$fetched) {
    open my $file, '>:raw', "$folder/$uid.out" or die "$folder/$uid.out: $!";
    print $file $fetched->{$uid}{body};
    close $file;
    print "size $uid $fetched->{$uid}{'rfc822.size'}\n";
}
my $structure = $fetched->{1}{bodystructure};
print 'structure ', $structure->{'MIME-Type'}, '/', $structure->{'MIME-Subtype'}, ' ',
    join(' ', map { $_->{'IMAP-Partnum'} } @{$structure->{'MIME-Subparts'}}), "\n";
print 'envelope ', $fetched->{2}{envelope}{Subject}, ' ', $fetched->{2}{envelope}{From}, "\n";

# Another session changes flags while this one idles.
my $child = fork() // die "fork: $!";
if (!$child) {
    my $other = connected(0);
    my $done = $other->select('INBOX') && $other->store('1', '+flags', '(\\seen)');
    $other->logout;
    require POSIX;
    POSIX::_exit($done ? 0 : 1);
}
my $seen = 0;
$imap->idle(sub {
    my ($kind, $told) = @_;
    $seen = 1 if $kind eq 'fetch' && grep { $_ eq '\\Seen' } @{$told->{flags} // []};
    return $seen;
}, 20);
waitpid $child, 0;
die 'the other session failed' if $?;
print 'told ', ($seen ? 'seen' : 'nothing'), "\n";

must('status', my $status = $imap->status('Archive', '(messages uidnext highestmodseq)'));
print 'archive ', join(' ', map { "$_=$status->{$_}" } sort grep { !/modseq/ } keys %$status), "\n";
must('move', $imap->move('2', 'Archive'));
must('keyword', $imap->store('3', '+flags', '(todo $Forwarded)'));
must('delete', $imap->store('1', '+flags', '(\\deleted)'));
must('uidexpunge', $imap->uidexpunge('1'));
print 'left ', join(' ', must('search', $imap->search('all'))), "\n";
must('setmetadata', $imap->setmetadata('Archive', '/private/comment', 'kept for the auditors'));
my $metadata = must('getmetadata', $imap->getmetadata('Archive', '/private/comment'));
print 'comment ', $metadata->{Archive}{'/private/comment'}, "\n";
$imap->logout;
