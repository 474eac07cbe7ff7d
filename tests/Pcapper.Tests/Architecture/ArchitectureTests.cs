using System.Reflection;
using System.Text.RegularExpressions;
using Pcapper.Engine;
using Pcapper.Modules;
using Xunit;

namespace Pcapper.Tests.Architecture;

/// <summary>Rules of the house that the compiler does not check.</summary>
public sealed class ArchitectureTests
{
    private static readonly Catalog s_catalog = new();

    // Bad input that the platform or a library reports only by exception, and the places where a mistake in Pcapper itself is caught.
    private static readonly string[] s_mayCatch =
    [
        "Pcapper.Packets/Capture/InputBuffer.cs", "Pcapper.Engine/Flows/FlowTable.cs", "Pcapper.Engine/Running/Pipeline.cs", "Pcapper.Engine/Running/Concluder.cs", "Pcapper.Engine/Running/Run.cs",
        "Pcapper.Modules/Protocols/X509/SelfSignatureCheck.cs", "Pcapper.Modules/Protocols/Quic/QuicInitialKeys.cs", "Pcapper.Modules/Protocols/Http/BodyStart.cs", "Pcapper.Modules/Protocols/Http/BodyDecoder.cs",
        "Pcapper.Modules/Protocols/Mail/MailReader.cs", "Pcapper.Modules/Analyses/Ioc/Lists/JsonLists.cs", "Pcapper.Modules/Analyses/Strings/JsonObject.cs",
    ];


    [Fact]
    public void Every_protocol_and_analyzer_is_in_the_catalog()
    {
        Assembly modules = typeof(Catalog).Assembly;
        Assert.Equal(Implementations<IProtocol>(modules), s_catalog.Protocols.Select(p => p.GetType().Name).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(Implementations<IAnalyzer>(modules), s_catalog.Analyzers.Select(make => make().GetType().Name).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(Implementations<IRollup>(modules), s_catalog.Rollups.Select(make => make().GetType().Name).Order(StringComparer.Ordinal).ToArray());
    }

    [Fact]
    public void Names_do_not_clash()
    {
        Assert.Distinct(s_catalog.Protocols.Select(p => p.Name));
        Assert.Distinct(s_catalog.Analyzers.Select(make => make().Info.Name));
        Assert.Distinct(s_catalog.Logs.Select(l => l.Path));
        Assert.Distinct(s_catalog.Analyzers.SelectMany(make => make().Info.FindingTypes).Select(t => t.Id));
    }

    [Fact]
    public void The_catalog_is_sorted()
    {
        string[] protocols = [.. s_catalog.Protocols.Select(p => p.GetType().Name)];
        string[] analyzers = [.. s_catalog.Analyzers.Select(make => make().GetType().Name)];
        Assert.Equal(protocols.Order(StringComparer.OrdinalIgnoreCase), protocols);
        Assert.Equal(analyzers.Order(StringComparer.OrdinalIgnoreCase), analyzers);
    }

    [Fact]
    public void Finding_types_belong_to_their_module()
    {
        foreach (ModuleInfo module in s_catalog.Analyzers.Select(make => make().Info))
        {
            Assert.All(module.FindingTypes, type => Assert.Equal(module.Name, type.Module));
        }
    }

    [Fact]
    public void Nothing_catches_but_what_is_allowed_to()
    {
        foreach (string project in (ReadOnlySpan<string>)["Pcapper.Packets", "Pcapper.Engine", "Pcapper.Modules"])
        {
            foreach (string file in Sources(project))
            {
                string name = Path.GetRelativePath(Golden.InRepository("src"), file).Replace('\\', '/');
                bool catches = Regex.IsMatch(File.ReadAllText(file), @"^\s*catch\b", RegexOptions.Multiline | RegexOptions.NonBacktracking);
                Assert.False(catches && !s_mayCatch.Contains(name) && !name.StartsWith("Pcapper.Engine/Export/", StringComparison.Ordinal), $"{name} catches exceptions");
            }
        }
    }

    [Fact]
    public void Nothing_is_left_for_later_without_an_issue()
    {
        foreach (string project in (ReadOnlySpan<string>)["Pcapper.Packets", "Pcapper.Engine", "Pcapper.Modules", "Pcapper"])
        {
            Assert.All(Sources(project), file => Assert.DoesNotMatch("TODO|FIXME|HACK|NotImplementedException", File.ReadAllText(file)));
        }
    }

    [Fact]
    public void Properties_are_tried_on_the_same_values_every_time()
        => Assert.All(
            Directory.EnumerateFiles(Golden.InRepository("tests/Pcapper.Tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith("AlwaysExtensions.cs", StringComparison.Ordinal)),
            file => Assert.DoesNotMatch(@"\.Sample\(", File.ReadAllText(file)));

    [Fact]
    public void Packets_and_Engine_need_no_package()
    {
        foreach (string project in (ReadOnlySpan<string>)["Pcapper.Packets", "Pcapper.Engine"])
        {
            Assert.DoesNotContain("PackageReference", File.ReadAllText(Golden.InRepository($"src/{project}/{project}.csproj")), StringComparison.Ordinal);
        }
    }

    private static string[] Implementations<T>(Assembly assembly)
        => [.. assembly.GetTypes().Where(t => !t.IsAbstract && typeof(T).IsAssignableFrom(t)).Select(t => t.Name).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sources(string project)
        => Directory.EnumerateFiles(Golden.InRepository($"src/{project}"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));
}
