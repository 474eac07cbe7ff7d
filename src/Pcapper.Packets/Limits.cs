namespace Pcapper.Packets;

/// <summary>Every bound on what hostile input can make Pcapper hold or do; docs/limits.md explains each.</summary>
public static class Limits
{
    /// <summary>Bytes of one captured frame, unless the snap length says more (then up to <see cref="LargeFrame"/>).</summary>
    public const int Frame = 256 * 1024;

    /// <summary>Bytes of one captured frame or pcapng block at the very most.</summary>
    public const int LargeFrame = 16 * 1024 * 1024;

    /// <summary>Interfaces of one capture.</summary>
    public const int Interfaces = 4096;

    /// <summary>Comments kept of a capture.</summary>
    public const int CaptureComments = 100;

    /// <summary>Bytes of a comment, name or description in a capture.</summary>
    public const int CaptureText = 4096;

    /// <summary>Addresses with names kept of a capture's name resolution blocks.</summary>
    public const int CaptureNames = 65_536;

    /// <summary>Bytes that a compressed capture may become in a temporary file, for several workers; larger ones are read by one.</summary>
    public const long UnpackedCapture = 16L * 1024 * 1024 * 1024;

    /// <summary>How many times larger than itself a compressed capture may become there.</summary>
    public const int UnpackedRatio = 100;

    /// <summary>Damaged blocks of a pcapng file after which reading goes on.</summary>
    public const int Resynchronizations = 256;

    /// <summary>Tunnels inside each other.</summary>
    public const int Tunnels = 4;

    /// <summary>VLAN tags on one frame.</summary>
    public const int VlanTags = 4;

    /// <summary>IPv6 extension headers of one packet.</summary>
    public const int ExtensionHeaders = 16;

    /// <summary>Bytes of one reassembled IP datagram.</summary>
    public const int Datagram = 64 * 1024;

    /// <summary>IP datagrams from one host to another of which pieces are kept at once (reported when hit).</summary>
    public const int PairDatagrams = 1024;

    /// <summary>Bytes of the pieces of IP datagrams from one host to another that are kept at once (reported when hit).</summary>
    public const int PairDatagramBytes = 4 * 1024 * 1024;

    /// <summary>IP datagrams of which pieces are kept at once (a safety net, reported when hit).</summary>
    public const int Datagrams = 65_536;

    /// <summary>Bytes of the pieces of all IP datagrams that are kept at once (a safety net, reported when hit).</summary>
    public const int DatagramBytes = 64 * 1024 * 1024;

    /// <summary>Pieces of one IP datagram.</summary>
    public const int FragmentPieces = 256;

    /// <summary>Nanoseconds of capture time that a fragment waits for the rest.</summary>
    public const long FragmentTimeout = 30 * Timestamp.PerSecond;

    /// <summary>Bytes held out of order per direction of a TCP flow.</summary>
    public const int OutOfOrder = 1024 * 1024;

    /// <summary>Pieces held out of order per direction of a TCP flow.</summary>
    public const int OutOfOrderPieces = 4096;

    /// <summary>Bytes that a TCP segment may be ahead of what is expected where the receiver's window is not known.</summary>
    public const int UnknownWindow = 16 * 1024 * 1024;

    /// <summary>Bytes of a UDP datagram that protocols probe.</summary>
    public const int ProbeDatagram = 64;

    /// <summary>Bytes of a TCP stream that protocols probe.</summary>
    public const int ProbeStream = 4096;

    /// <summary>Datagrams of a flow that nothing recognised after which none is looked at any more.</summary>
    public const int UnknownDatagrams = 64 * 1024;

    /// <summary>Segments with data of a flow that nothing recognised after which none is looked at any more.</summary>
    public const int UnknownSegments = 4096;

    /// <summary>How often a flow is looked at anew after its parser could not follow any more.</summary>
    public const int Restarts = 16;

    /// <summary>Bytes that a parser may ask to have buffered, unless it says otherwise.</summary>
    public const int Message = 64 * 1024;

    /// <summary>Requests without response that one flow may hold.</summary>
    public const int MessagesInFlight = 1024;

    /// <summary>Sessions of one SMB connection; the one that was not used for longest goes (counted as an anomaly).</summary>
    public const int SmbSessions = 1024;

    /// <summary>Connected shares of one SMB connection, as many as SMB 1 can number; the one that was not used for longest goes (counted as an anomaly).</summary>
    public const int SmbShares = 65_536;

    /// <summary>Open files of one SMB connection, as many as SMB 1 can number; the one that was not used for longest goes (counted as an anomaly).</summary>
    public const int SmbFiles = 65_536;

    /// <summary>Commands chained in one message of SMB 1 (more are counted as an anomaly); compounds of SMB 2 have no bound but their bytes.</summary>
    public const int SmbChain = 64;

    /// <summary>Bytes of a message of SMB that are looked at; of compounds in longer messages each part has as many.</summary>
    public const int SmbMessage = Message + 4096;

    /// <summary>Security contexts of one DCE/RPC association (of its interfaces there are no more than 16 bits can number); the one that was not used for longest goes (counted as an anomaly).</summary>
    public const int CallSecurity = 64;

    /// <summary>Bytes of a remote procedure call's arguments that are looked at, and put together if they come in parts.</summary>
    public const int CallArguments = 8192;

    /// <summary>Calls of one flow whose arguments are put together at once; of the oldest the first parts must do (counted as an anomaly).</summary>
    public const int CallsInParts = 32;

    /// <summary>Content encodings on top of each other.</summary>
    public const int ContentEncodings = 3;

    /// <summary>Bytes of a mail that are looked at, held as the contents of files are; what comes behind is only counted (counted as an anomaly).</summary>
    public const int Mail = 32 * 1024 * 1024;

    /// <summary>Parts of a mail inside each other; deeper ones are one part.</summary>
    public const int MailDepth = 8;

    /// <summary>Parts of a mail that are looked at (more are counted as an anomaly).</summary>
    public const int MailParts = 256;

    /// <summary>Bytes of the texts of a mail in which URLs and credentials are looked for.</summary>
    public const int MailText = 1024 * 1024;

    /// <summary>Addresses of one field or envelope that are kept, and hops; URLs and attachments as well.</summary>
    public const int MailAddresses = 64;

    /// <summary>Bytes of an attachment by which it is judged; all of it is hashed.</summary>
    public const int MailAttachment = 4 * 1024 * 1024;

    /// <summary>First bytes of a file that rules are tried on.</summary>
    public const int ScannedFile = 64 * 1024 * 1024;

    /// <summary>Bytes of a stream that rules are tried on at once.</summary>
    public const int ScannedStream = 64 * 1024;

    /// <summary>Bytes of a stream that are tried once more with those behind them: strings longer than that may be missed.</summary>
    public const int ScanOverlap = 4 * 1024;

    /// <summary>First bytes of a file that are kept to tell its type.</summary>
    public const int FileHead = 16 * 1024;

    /// <summary>Bytes of the contents of files, beyond their first, that one flow holds in memory; what goes beyond waits in temporary files.</summary>
    public const int FileMemory = 1024 * 1024;

    /// <summary>Stretches of one file that are known apart; of more the bytes are only counted.</summary>
    public const int FileRanges = 4096;

    /// <summary>Files under way in one flow whose contents are followed; of more the bytes are only counted.</summary>
    public const int FilesUnderWay = 1024;

    /// <summary>Where a file ends at the latest; bytes behind it are only counted.</summary>
    public const long FileEnd = 1L << 40;

    /// <summary>Bytes that an encoded body may become; it is cut there.</summary>
    public const long DecodedBody = 256L * 1024 * 1024;

    /// <summary>How many times larger than itself an encoded body may become, beyond its first 64 KiB; it is cut there.</summary>
    public const int DecodedRatio = 100;

    /// <summary>Characters of a text in a record.</summary>
    public const int Text = 1024;

    /// <summary>Characters of a text in a state.</summary>
    public const int StateText = 256;

    /// <summary>Keys of a map in a state.</summary>
    public const int Keys = 1_000_000;

    /// <summary>Frames kept as evidence.</summary>
    public const int EvidenceFrames = 10;

    /// <summary>Bytes of a list of indicators.</summary>
    public const int IocList = 64 * 1024 * 1024;

    /// <summary>Entries of all lists of indicators.</summary>
    public const int IocEntries = 1_000_000;

    /// <summary>Nesting of a list of indicators in JSON.</summary>
    public const int IocDepth = 32;

    /// <summary>Terms of a pattern in a list of indicators, and alternatives that it stands for.</summary>
    public const int IocTerms = 64;

    /// <summary>Findings about entries of lists that were seen; more are counted.</summary>
    public const int IocMatches = 1000;

    /// <summary>Bytes of an answer of a reputation service; of longer ones nothing is used.</summary>
    public const int IntelAnswer = 8 * 1024 * 1024;

    /// <summary>Nesting of an answer of a reputation service.</summary>
    public const int IntelDepth = 32;

    /// <summary>Jumps in a compressed DNS name.</summary>
    public const int DnsJumps = 32;

    /// <summary>Nesting of ASN.1 elements.</summary>
    public const int Asn1Depth = 16;

    /// <summary>Bytes of a record of ONC RPC over TCP that are looked at where the contents of files are wanted: clients of NFS move a mebibyte at once.</summary>
    public const int RpcRecord = (1024 * 1024) + Message;

    /// <summary>Bytes that calls of NFS in one flow write, held until the server says that it took them.</summary>
    public const int NfsWrites = 16 * 1024 * 1024;

    /// <summary>Bytes of an LDAP message that are looked at; longer ones are passed over (counted as an anomaly).</summary>
    public const int LdapMessage = 1024 * 1024;

    /// <summary>Attributes of an LDAP search or change that are kept for show; all are judged, and those that matter are kept besides.</summary>
    public const int LdapAttributes = 64;

    /// <summary>Characters of an LDAP filter that are kept for show; it is judged whole.</summary>
    public const int LdapFilter = 4096;

    /// <summary>Bytes that one side sends before its request for TLS is answered, and that are held until then (more are counted as an anomaly).</summary>
    public const int EarlyBytes = 16 * 1024;

    /// <summary>Lines, tags or elements of one direction of a text protocol that are looked at where no logins are wanted; where they are, all.</summary>
    public const int TextElements = 400;

    /// <summary>Flows between two hosts that others have announced and that have not begun.</summary>
    public const int PairExpectations = 256;

    /// <summary>Announced flows of all hosts that have not begun (a safety net, reported when hit).</summary>
    public const int Expectations = 1_000_000;

    /// <summary>Flows held at once before the oldest are ended (a safety net, reported when hit).</summary>
    public const int LiveFlows = 1_000_000;
}
