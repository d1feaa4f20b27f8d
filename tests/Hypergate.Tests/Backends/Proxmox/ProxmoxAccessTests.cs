using System.Text.Json;
using Hypergate.Backends.Proxmox;
using Hypergate.Descriptions;
using Hypergate.Model;
using Hypergate.Tests.Descriptions.ProxmoxApi;

namespace Hypergate.Tests.Backends.Proxmox;

public sealed class ProxmoxAccessTests
{
    private static readonly IReadOnlyList<Row> Table =
    [
        .. JsonElement.Parse(File.ReadAllText(RealSchema.File("pve-access.json"))).EnumerateArray().Select(static row => new Row(
            row.GetProperty("method").GetString()!,
            row.GetProperty("path").GetString()!,
            Enum.Parse<Access>(row.GetProperty("access").GetString()!, ignoreCase: true),
            !row.TryGetProperty("expose", out _),
            row.TryGetProperty("index", out _))),
    ];

    [Fact]
    public void The_rules_class_every_operation_of_the_real_description_as_the_table_does()
    {
        var wrong = Table.Where(static row => ProxmoxAccess.Of(new Route("", row.Method, row.Path)) != row.Access)
            .Select(static row => $"{row.Method} {row.Path}: {ProxmoxAccess.Of(new Route("", row.Method, row.Path))}, not {row.Access}");

        Assert.Equal(678, Table.Count);
        Assert.Empty(wrong);
    }

    [Fact]
    public void What_the_table_does_not_offer_is_left_out_and_nothing_else()
    {
        var offered = RealSchema.Description.Operations.Select(static operation => $"{operation.Method} {operation.Path}").ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Table.Where(row => (row.Exposed && !row.IsDirectory) != offered.Contains($"{row.Method} {row.Path}")));
    }

    [Theory]
    [InlineData("POST", "/nodes/{node}/new-thing", Access.Admin)]
    [InlineData("DELETE", "/cluster/something/{id}", Access.Admin)]
    [InlineData("POST", "/nodes/{node}/qemu/{vmid}/new-thing", Access.Admin)]
    [InlineData("POST", "/nodes/{node}/qemu/{vmid}/agent/new-command", Access.Dangerous)]
    [InlineData("GET", "/cluster/something", Access.Read)]
    public void What_nobody_knew_when_the_rules_were_made_has_a_class_too(string method, string path, Access access) =>
        Assert.Equal(access, ProxmoxAccess.Of(new Route("", method, path)));

    private sealed record Row(string Method, string Path, Access Access, bool Exposed, bool IsDirectory);
}
