using Hypergate.Catalog;
using Hypergate.Host.Composition;
using Hypergate.Model;

namespace Hypergate.Tests.Host.Composition;

public sealed class DescriptionChangesTests
{
    private static readonly Operation Start = new() { Name = "StartVm", DeclaredName = "StartVm", Domain = "vms", Title = "", Method = "POST", Path = "/vms/{id}/start", Access = Access.Write };

    [Fact]
    public async Task What_a_platform_describes_otherwise_than_before_is_recorded_and_what_it_says_first_is_not()
    {
        List<string> recorded = [];
        var changes = new DescriptionChanges((_, backend, words) =>
        {
            recorded.Add($"{backend}: {words}");
            return Task.CompletedTask;
        });

        changes.Take(Catalog("1", "5.1", Start, Start with { Name = "OldVm" }));
        changes.Take(Catalog("2", "5.1", Start with { Title = "another word" }, Start with { Name = "OldVm" }));
        changes.Take(Catalog("3", "5.2", Start with { Access = Access.Read }, Start with { Name = "NewVm" }));
        await changes.Recorded;

        Assert.Equal(["xo: version 5.1 to 5.2; 1 new: NewVm; 1 gone: OldVm; 1 of another class or address: StartVm"], recorded);
    }

    [Fact]
    public async Task What_waits_for_a_person_is_recorded_with_the_name_under_which_it_is_accepted()
    {
        List<string> recorded = [];
        var changes = new DescriptionChanges((what, backend, words) =>
        {
            recorded.Add($"{what} {backend}: {words}");
            return Task.CompletedTask;
        });
        var (now, before) = (new DescriptionPin("StartVm", "2", "write", ""), new DescriptionPin("StartVm", "1", "write", ""));
        WaitingOperation[] waiting = [new(now, before), new(now with { Name = "NewVm" }, null)];

        changes.Take(Catalog("1", "5.1") with { Waiting = waiting });
        await changes.Recorded;

        Assert.Equal([$"description_quarantined xo: 1 new: NewVm; 1 changed: StartVm ({DescriptionPins.DigestOf(waiting)})"], recorded);
    }

    private static BackendCatalog Catalog(string hash, string version, params Operation[] operations) => new("xo", operations, hash, version, DateTimeOffset.UnixEpoch, []);
}
