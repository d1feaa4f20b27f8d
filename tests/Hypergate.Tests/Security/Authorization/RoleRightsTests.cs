using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Tests.Security.Authorization;

/// <summary>Suite S10, generated: the engine decides as a plain reading of the rules does, and what is listed is what could be called.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-SAME")]
public sealed class RoleRightsTests
{
    private static readonly string[] Backends = ["xo-a", "xo-b", "pve"];
    private static readonly string[] Names = ["StartVm", "StopVm", "GetVm", "DeleteVm", "GetHost"];
    private static readonly string[] Tags = ["web", "db", "protected"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_rules_decide_as_the_reference_does(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var role = new RoleSettings { Allow = Rules(random, 5), Deny = Rules(random, 3) };
            var rights = new RoleRights([("r", role)]);
            foreach (var operation in Names.Select(Operation))
            {
                var backend = Backends[random.Next(Backends.Length)];
                IReadOnlyList<string>? tags = random.Next(4) == 0 ? null : [.. Tags.Where(_ => random.Next(2) == 0)];
                var subject = new RuleSubject(backend, "xen-orchestra", operation, operation.Access, _ => tags is null ? Known.Unknown : Known.Of(tags));
                var allowed = rights.Decide(subject).IsAllowed;

                Assert.Equal(Reference(role, backend, operation, tags), allowed);
                var shown = rights.DecideShowing(subject with { Find = static _ => Known.Unknown }).Verdict != Verdict.Deny;
                Assert.Equal(ReferenceShown(role, backend, operation), shown);
                Assert.True(shown || !allowed, "What is not listed was allowed.");
            }
        }
    }

    [Fact]
    public void Nothing_is_allowed_without_a_rule_and_unknown_roles_have_none()
    {
        var book = new RoleBook(new Dictionary<string, RoleSettings>(StringComparer.Ordinal) { ["empty"] = new() });
        var subject = new RuleSubject("xo", "xen-orchestra", Operation("GetVm"), Access.Read, static _ => Known.Unknown);

        Assert.False(book.Of(Audience.Of(new Caller("x", ["empty"]))).Decide(subject).IsAllowed);
        Assert.False(book.Of(Audience.Of(new Caller("x", ["nobody"]))).Decide(subject).IsAllowed);
        Assert.False(book.Of(Audience.Of(new Caller("x", []))).Decide(subject).IsAllowed);
        Assert.True(book.Of(Audience.Of(new Caller("x", ["viewer"]))).Decide(subject).IsAllowed);
    }

    [Fact]
    public void The_deny_of_one_role_wins_over_the_allow_of_another()
    {
        var book = new RoleBook(new Dictionary<string, RoleSettings>(StringComparer.Ordinal) { ["careful"] = new() { Deny = [new() { Operations = ["Delete*"] }] } });
        var rights = book.Of(Audience.Of(new Caller("x", ["admin", "careful"])));

        Assert.False(rights.Decide(new RuleSubject("xo", "k", Operation("DeleteVm"), Access.Dangerous, static _ => Known.Unknown)).IsAllowed);
        Assert.True(rights.Decide(new RuleSubject("xo", "k", Operation("StartVm"), Access.Write, static _ => Known.Unknown)).IsAllowed);
    }

    [Fact]
    public void Of_all_consents_that_rules_ask_for_the_strictest_holds()
    {
        var role = new RoleSettings
        {
            Allow = [new() { Confirm = ConsentRule.None }, new() { Access = new(["*"]), Confirm = ConsentRule.Approve }],
            Confirm = [new() { Operations = ["DeleteVm"], Confirm = ConsentRule.FourEyes }, new() { Operations = ["StopVm"] }],
        };
        var rights = new RoleRights([("r", role)]);
        ConsentRule? Of(string name) => rights.Decide(new RuleSubject("xo", "k", Operation(name), Access.Write, static _ => Known.Unknown)).Confirm;

        Assert.Equal(ConsentRule.FourEyes, Of("DeleteVm"));
        Assert.Equal(ConsentRule.Approve, Of("StopVm"));
    }

    // The rules as governance reads them, in as few lines as possible.
    private static bool Reference(RoleSettings role, string backend, Operation operation, IReadOnlyList<string>? tags)
    {
        bool? Where(RuleSettings rule)
        {
            if (rule.Where is null)
            {
                return true;
            }

            var wanted = rule.Where["target.tags"];
            return tags is null ? null : wanted.OneOf is { } some ? some.Any(tags.Contains) : !wanted.NoneOf!.Any(tags.Contains);
        }

        return !role.Deny.Any(rule => Fits(rule, backend, operation) && Where(rule) != false) && role.Allow.Any(rule => Fits(rule, backend, operation) && Where(rule) == true);
    }

    // Listed is what is allowed for objects with some tags or others.
    private static bool ReferenceShown(RoleSettings role, string backend, Operation operation) =>
        !role.Deny.Any(rule => Fits(rule, backend, operation) && rule.Where is null) && role.Allow.Any(rule => Fits(rule, backend, operation));

    private static bool Fits(RuleSettings rule, string backend, Operation operation) =>
        (rule.Access is null || rule.Access.Names.Contains("*") || rule.Access.Names.Contains(operation.Access.ToString().ToLowerInvariant()))
        && (rule.Backends is null || rule.Backends.Any(pattern => pattern == backend || (pattern == "xo-*" && backend.StartsWith("xo-", StringComparison.Ordinal))))
        && (rule.Operations is null || rule.Operations.Contains(operation.Name));

    private static List<RuleSettings> Rules(Random random, int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => new RuleSettings
    {
        Access = random.Next(2) == 0 ? null : new([new[] { "read", "write", "dangerous", "*" }[random.Next(4)]]),
        Backends = random.Next(2) == 0 ? null : [random.Next(2) == 0 ? "xo-*" : Backends[random.Next(3)]],
        Operations = random.Next(2) == 0 ? null : [Names[random.Next(Names.Length)]],
        Where = random.Next(2) == 0 ? null : new Dictionary<string, ConditionSettings>(StringComparer.Ordinal)
        {
            ["target.tags"] = random.Next(2) == 0 ? new() { OneOf = [Tags[random.Next(3)]] } : new() { NoneOf = [Tags[random.Next(3)]] },
        },
    })];

    private static Operation Operation(string name) => new()
    {
        Name = name,
        DeclaredName = name,
        Domain = name.EndsWith("Host", StringComparison.Ordinal) ? "hosts" : "vms",
        Title = name,
        Method = name.StartsWith("Get", StringComparison.Ordinal) ? "GET" : "POST",
        Path = "/vms/{id}",
        Access = name.StartsWith("Get", StringComparison.Ordinal) ? Access.Read : name.StartsWith("Delete", StringComparison.Ordinal) ? Access.Dangerous : Access.Write,
    };
}
