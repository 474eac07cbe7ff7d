using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Modules.Protocols.Smtp;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Tls;

namespace Pcapper.Tests.Protocols.Mail;

/// <summary>Messages, and what is read of them when they are sent by SMTP.</summary>
internal static class MailText
{
    /// <summary>A message with one attachment.</summary>
    public static string WithFile(string name, byte[] content, string type = "application/octet-stream", string header = "From: a@b.example\r\nSubject: s\r\n")
        => $"{header}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\nContent-Type: {type}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n"
            + $"Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}\r\n--x--\r\n";

    /// <summary>Sends a message and gives all that is stated.</summary>
    public static TlsTestFlow Send(string message, string from = "a@b.example", string to = "c@d.example", bool hasRoom = true)
    {
        var flow = new TlsTestFlow(new SmtpProtocol(), new MemoryFileStore { HasRoom = hasRoom });
        flow.Feed(Direction.ToOriginator, "220 mx ESMTP\r\n"u8);
        flow.Feed(Direction.ToResponder, Hex.Text($"MAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n"));
        flow.Feed(Direction.ToOriginator, "250 ok\r\n250 ok\r\n354 go\r\n"u8);
        flow.Feed(Direction.ToResponder, Encoding.Latin1.GetBytes(message + "\r\n.\r\n"));
        flow.Feed(Direction.ToOriginator, "250 taken\r\n"u8);
        flow.Parser.OnEnd();
        return flow;
    }

    /// <summary>Reads a message.</summary>
    public static MailMessage Read(string message) => Send(message).Only<MailSeen>().Message;
}
