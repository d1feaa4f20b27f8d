using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Security.PathParameters;

/// <summary>A value for a path is refused, or goes over the wire as exactly one literal segment.</summary>
[Trait("Suite", "S1")]
[Trait("Rule", "R-PATH")]
[Trait("Aisvs", "10.4.4")]
[Trait("Mcp", "MCP05")]
public sealed class PathParametersTests : IAsyncDisposable
{
    /// <summary>Base path, template and the placeholder that is attacked, in the manner of each kind of platform.</summary>
    private static readonly Dictionary<string, (string Base, string Template, string Name)> Builders = new(StringComparer.Ordinal)
    {
        ["XenOrchestra"] = ("/rest/v0", "/vms/{id}/tags/{tag}", "tag"),
        ["Proxmox"] = ("/api2/json", "/nodes/{node}/qemu/{vmid}/status/current", "node"),
        ["OpenApi"] = ("", "/{tenant}/items", "tenant"),
        ["Dadl"] = ("/api/v2/", "/objects/{key}.json", "key"),
    };

    private static readonly IReadOnlyList<string[]> Payloads = PayloadFile.Read("path-parameters.txt");

    private readonly LoopbackServer _server = LoopbackServer.Answering(LoopbackServer.Reply(200, "{}"));

    public static TheoryData<string, int> Cases =>
        [.. Builders.Keys.SelectMany(static builder => Enumerable.Range(0, Payloads.Count).Select(index => (builder, index)))];

    /// <summary>Every placeholder of every operation of Xen Orchestra.</summary>
    public static TheoryData<string, string> Placeholders =>
    [
        .. File.ReadLines(Repository.Path("tests", "Hypergate.Tests", "Data", "xo", "operations.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t')[1])
            .Distinct(StringComparer.Ordinal)
            .SelectMany(path => PlaceholdersOf(path).Select(name => (path, name))),
    ];

    [Fact]
    public void The_suite_is_complete()
    {
        Assert.Equal(128, Cases.Count);
        Assert.Equal(197, Placeholders.Count);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_payload_is_refused_or_becomes_one_literal_segment(string builder, int index)
    {
        var (prefix, template, name) = Builders[builder];
        var (expected, payload) = (Payloads[index][0], PayloadFile.Text(Payloads[index][1]));

        var result = RequestAddress.Build(new Uri(_server.Address, prefix), template, Values(template, name, payload));

        if (expected == "refused")
        {
            Assert.Equal(name, Assert.IsType<RequestAddress.Refused>(result).Argument);
            return;
        }

        var target = await TargetOnTheWireAsync(Assert.IsType<RequestAddress.Built>(result).Address);
        Assert.Equal(prefix.TrimEnd('/') + template.Replace($"{{{name}}}", expected, StringComparison.Ordinal)
            .Replace("{id}", "other", StringComparison.Ordinal).Replace("{vmid}", "other", StringComparison.Ordinal), target);
    }

    [Theory]
    [MemberData(nameof(Placeholders))]
    public void No_operation_is_led_to_another_template(string template, string name)
    {
        foreach (var payload in (string[])[".", "..", "", "%2e%2e", "x/y", "..;"])
        {
            var result = RequestAddress.Build(new("https://xo/rest/v0"), template, Values(template, name, payload));

            Assert.True(
                payload == "x/y"
                    ? result is RequestAddress.Built { Address: var address }
                        && address.AbsolutePath.Split('/').Length == ("/rest/v0" + template).Split('/').Length
                        && address.AbsolutePath.Contains("x%2Fy", StringComparison.Ordinal)
                    : result is RequestAddress.Refused,
                $"'{payload}' as {name} of {template} gave {result}");
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<string> TargetOnTheWireAsync(Uri address)
    {
        using var http = new BackendHttp(new() { Address = _server.Address, Words = XoWords.Value }, TimeProvider.System);
        Assert.IsType<HttpReply>(await http.SendAsync(new() { Address = address }, TestContext.Current.CancellationToken));
        var line = Encoding.Latin1.GetString(Assert.Single(_server.Requests).Head).Split("\r\n")[0];
        Assert.StartsWith("GET ", line, StringComparison.Ordinal);
        Assert.EndsWith(" HTTP/1.1", line, StringComparison.Ordinal);
        return line["GET ".Length..^" HTTP/1.1".Length];
    }

    private static Dictionary<string, string> Values(string template, string name, string payload) =>
        PlaceholdersOf(template).ToDictionary(one => one, one => one == name ? payload : "other", StringComparer.Ordinal);

    private static IEnumerable<string> PlaceholdersOf(string template) =>
        template.Split('{').Skip(1).Select(static part => part[..part.IndexOf('}', StringComparison.Ordinal)]);
}
