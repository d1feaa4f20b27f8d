using System.Text.RegularExpressions;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.Authorization.Matrix;

/// <summary>Suite S10: six roles on five surfaces. What a role may not do is not listed, and calling it answers like calling what does not exist.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-SAME")]
[Trait("Aisvs", "10.2.4")]
[Trait("Mcp", "MCP02")]
public sealed partial class RoleMatrixTests(RoleMatrixTests.World world) : IClassFixture<RoleMatrixTests.World>
{
    private static readonly string[] Probes = ["GetVms", "GetSrs", "PutVmTag", "StartVm", "DeleteVm", "CreateUser"];

    public static IReadOnlyList<string> RoleNames { get; } = ["viewer", "operator", "admin", "careful", "storage", "nobody"];

    public static TheoryData<string, string> Cases => [.. RoleNames.SelectMany(static role => RoleSurface.Names.Select(surface => (role, surface)))];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(60, Cases.Count * new[] { nameof(The_list_is_what_the_role_may_do), nameof(What_the_role_may_not_do_answers_like_what_does_not_exist) }.Length);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_list_is_what_the_role_may_do(string role, string surface)
    {
        var listed = await RoleSurface.Of(surface, Gateway).Listed(CallerOf(role), surface is "search" or "code" ? Probed : All);

        var expected = (surface is "search" or "code" ? Probed : surface == "fleet" ? All.Where(static operation => operation.Name is "GetVms" or "GetSrs" or "StartVm") : All)
            .Where(operation => May(role, operation)).Select(static operation => operation.Name);
        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_the_role_may_not_do_answers_like_what_does_not_exist(string role, string surface)
    {
        var way = RoleSurface.Of(surface, Gateway);
        foreach (var operation in Probed.Where(operation => surface != "fleet" || operation.Name is "GetVms" or "GetSrs" or "StartVm"))
        {
            var before = Gateway.Xo.Requests.Count;
            var answer = await way.CallAsync(CallerOf(role), operation, operation.Name);
            if (May(role, operation))
            {
                Assert.False(answer!.IsError || answer.Text.Contains("There is no operation", StringComparison.Ordinal), answer.Text);
                continue;
            }

            Assert.Empty(Gateway.Xo.Requests.All.Skip((int)before));
            var unknown = await way.CallAsync(CallerOf(role), operation, $"{operation.Name}0");
            OnlyNamesWhatIsShown(role, answer?.Text, All);
            Assert.Equal(Plain(unknown?.Text, $"{operation.Name}0"), Plain(answer?.Text, operation.Name));
        }

        Assert.Empty(Gateway.Changes);
    }

    private GatewayUnderTest Gateway => world.Gateway;

    private IReadOnlyList<Operation> All => [.. Gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations.Where(Gateway.Gateway.Parts.Policies["xo"].Offers)];

    private IReadOnlyList<Operation> Probed => [.. All.Where(static operation => Probes.Contains(operation.Name))];

    // A plain reading of the roles below.
    private static bool May(string role, Operation operation) => role switch
    {
        "viewer" => operation.Access == Access.Read,
        "operator" => operation.Access is Access.Read or Access.Write,
        "admin" => true,
        "careful" => !operation.Name.StartsWith("Delete", StringComparison.Ordinal) && !operation.DeclaredName.StartsWith("Delete", StringComparison.Ordinal),
        "storage" => operation.Access == Access.Read && operation.Domain is "srs" or "vdis",
        _ => false,
    };

    private static Caller CallerOf(string role) => new($"key:{role}", [role]);

    // Runs have a number and a time of their own; which shown names are near depends on the letters asked for.
    private static string? Plain(string? text, string name) =>
        text is null ? null : Changing().Replace(Regex.Replace(text, $@"\b{name}\b", "NAME", RegexOptions.None, TimeSpan.FromSeconds(1)), "");

    private static void OnlyNamesWhatIsShown(string role, string? text, IEnumerable<Operation> all)
    {
        foreach (var hint in Hint().Matches(text ?? "").Select(static match => match.Value))
        {
            Assert.DoesNotContain(all.Where(operation => !May(role, operation)), operation => hint.Contains($"'{operation.Name}'", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"r_[0-9a-f]{16}|""elapsed_ms"":[0-9]+|[0-9]+ ms| Did you mean [^?]*[?]", RegexOptions.None, 1_000)]
    private static partial Regex Changing();

    [GeneratedRegex("Did you mean [^?]*[?]", RegexOptions.None, 1_000)]
    private static partial Regex Hint();

    /// <summary>One gateway for all cases.</summary>
    public sealed class World : IAsyncLifetime
    {
        private GatewayUnderTest? _gateway;

        internal GatewayUnderTest Gateway => _gateway!;

        public async ValueTask InitializeAsync() => _gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with
        {
            Scripting = new() { Workers = 8 }, // Each run that waits for consent holds one.
            Surfaces = [Surface.Domains, Surface.Operations, Surface.Search, Surface.Code, Surface.Fleet],
            Roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal)
            {
                ["careful"] = new() { Allow = [new()], Deny = [new() { Operations = ["Delete*"] }] },
                ["storage"] = new() { Allow = [new() { Access = new(["read"]), Resources = ["sr", "vdi"] }] },
            },
        });

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }
}
