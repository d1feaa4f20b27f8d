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

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@x", "'@x")]
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
