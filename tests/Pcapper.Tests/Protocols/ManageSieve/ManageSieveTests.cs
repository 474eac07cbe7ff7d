using Pcapper.Modules.Protocols.ManageSieve;
using Pcapper.Tests.Protocols.Lines;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.ManageSieve;

public sealed class ManageSieveTests
{
    [Theory]
    [InlineData(1460)]
    [InlineData(1)]
    public void Scripts_are_passed_over_and_commands_are_answered(int segment)
    {
        List<ManageSieveTransaction> seen = Analysis.Records<ManageSieveTransaction>(Greeting.Plain.Single(g => g.Name == "managesieve").ToCapture(4190, segment: segment));
        Assert.Equal(["PUTSCRIPT a 9 OK", "GETSCRIPT a  OK", "LOGOUT   OK"], seen.Select(t => $"{t.Command} {t.Argument} {t.ScriptBytes} {t.Status}"));
    }
}
