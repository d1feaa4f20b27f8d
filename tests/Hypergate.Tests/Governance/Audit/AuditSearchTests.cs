using System.Text.Json;
using Hypergate.Governance.Audit;

namespace Hypergate.Tests.Governance.Audit;

public sealed class AuditSearchTests : IDisposable
{
    private readonly AuditTestFolder _folder = new(segmentBytes: 1_500);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Records_are_found_by_what_they_hold_over_all_segments()
    {
        using var log = _folder.NewLog(segmentBytes: 1_500);
        for (var index = 0; index < 20; index++)
        {
            await log.AppendAsync(
                AuditTestFolder.Record(index % 2 == 0 ? "StartVm" : "DeleteVm", $$$"""{"id":"vm-{{{index}}}","body":{"count":{{{index}}} }}""") with
                {
                    Caller = index < 5 ? "key:anna" : "key:bob",
                    Outcome = index == 7 ? "refused" : "done",
                    Objects = index == 3 ? ["VM 'Mail server' (Running, id vm-3)"] : [],
                },
                TestContext.Current.CancellationToken);
            _folder.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(5, Count(new() { Caller = "key:ANNA" }));
        Assert.Equal(10, Count(new() { Operation = "delete*" }));
        Assert.Equal(1, Count(new() { Outcome = "refused" }));
        Assert.Equal(1, Count(new() { Object = "mail SERVER" }));
        Assert.Equal(11, Count(new() { Object = "vm-1" }));
        Assert.Equal(1, Count(new() { Object = "17", Operation = "DeleteVm", Backend = "x*" }));
        Assert.Equal(10, Count(new() { Since = _folder.Time.GetUtcNow() - TimeSpan.FromMinutes(10) }));
        Assert.Equal(3, Count(new() { Until = _folder.Time.GetUtcNow() - TimeSpan.FromMinutes(17) }));
        Assert.Equal(0, Count(new() { Caller = "key:anna", Outcome = "refused" }));
    }

    [Fact]
    public async Task Records_are_found_by_where_the_call_came_from()
    {
        using var log = _folder.NewLog();
        await log.AppendAsync(AuditTestFolder.Record() with { Origin = new() { Address = "192.0.2.7", Client = "claude 1.2", Surface = "code" }, Trace = "0af7651916cd43dd8448eb211c80319c" }, TestContext.Current.CancellationToken);
        await log.AppendAsync(AuditTestFolder.Record() with { Origin = new() { Surface = "cli" }, Tool = "hosts_query", Notes = new() { Target = new("host", "h-9", "paris-1", "") } }, TestContext.Current.CancellationToken);

        Assert.Equal(1, Count(new() { Address = "192.0.2.*" }));
        Assert.Equal(1, Count(new() { Client = "Claude*" }));
        Assert.Equal(1, Count(new() { Surface = "cli", Tool = "hosts_*" }));
        Assert.Equal(1, Count(new() { Trace = "0af7651916cd43dd8448eb211c80319c", Surface = "code" }));
        Assert.Equal(1, Count(new() { Object = "PARIS" }));
        Assert.Equal(0, Count(new() { Address = "198.51.100.1" }));
    }

    [Fact]
    public async Task Records_of_earlier_versions_are_whole_and_found_beside_newer_ones()
    {
        using var log = _folder.NewLog();
        await log.AppendAsync(
            """
            "phase":"call","call":"c1","caller":"local","roles":["admin"],"tool":"vms_query","backend":"xo","operation":"GetVm","access":"read","arguments":{"id":"a"},"decision":"allowed","outcome":"done","status":200,"duration_ms":3,"bytes":12
            """u8.ToArray(),
            isBefore: false,
            TestContext.Current.CancellationToken);
        await log.AppendAsync(AuditTestFolder.Record("GetVm") with { Origin = new() { Surface = "cli" } }, TestContext.Current.CancellationToken);

        Assert.Empty(_folder.Verify().Problems);
        Assert.Equal(2, Count(new() { Operation = "GetVm" }));
        Assert.Equal(1, Count(new() { Operation = "GetVm", Surface = "*i" }));
        Assert.All(AuditSearch.Find(_folder.Path, new()), static found => Assert.Equal(AuditCsv.Head.Split(',').Length, AuditCsv.Line(found.Record).Replace("\"\"", "", StringComparison.Ordinal).Split(',').Length));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@x", "'@x")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("plain", "plain")]
    public void A_cell_of_csv_is_one_cell_and_no_formula(string detail, string cell)
    {
        var record = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["detail"] = detail });

        Assert.Equal(AuditCsv.Head.Split(',').Length, AuditCsv.Line(JsonElement.Parse("{}")).Split(',').Length);
        Assert.Contains($",{cell},", AuditCsv.Line(record), StringComparison.Ordinal);
    }

    private int Count(AuditFilter filter) => AuditSearch.Find(_folder.Path, filter).Count();
}
