using System.Collections;
using System.Reflection;

namespace Hypergate.Tests.Security.Sandbox;

/// <summary>The list of what scripts, programs and workers try: each case has a test of its name.</summary>
public class CaseListTests
{
    private const string Trait = "case";

    public static TheoryData<int, string> Cases =>
        [.. PayloadFile.Read("sandbox-cases.txt").Select(static line => line[0].Split(' ')).Select(static parts => new TheoryDataRow<int, string>(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1]))];

    private static HashSet<string> Tested { get; } = [.. RowsOfTheories(), .. Traits(), .. TraitsEndToEnd()];

    [Fact]
    public void The_list_has_150_cases_numbered_from_1() =>
        Assert.Equal(Enumerable.Range(1, 150), PayloadFile.Read("sandbox-cases.txt").Select(static line => int.Parse(line[0].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_is_tested_under_its_name(int number, string name) => Assert.True(Tested.Contains(name), $"{number} {name} has no test");

    private static IEnumerable<Type> TestClasses() => typeof(CaseListTests).Assembly.GetTypes().Where(static type =>
        type.Namespace is { } place && (place.EndsWith(".Scripting", StringComparison.Ordinal) || place.EndsWith(".Sandbox", StringComparison.Ordinal)
            || place.EndsWith(".Code", StringComparison.Ordinal) || place.EndsWith(".Dadl", StringComparison.Ordinal)));

    private static IEnumerable<MethodInfo> Tests() => TestClasses().SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance));

    private static IEnumerable<string> Traits() =>
        Tests().SelectMany(static test => test.GetCustomAttributes<TraitAttribute>()).Where(static trait => trait.Name == Trait).Select(static trait => trait.Value);

    // The first column of the data of a theory is its name.
    private static IEnumerable<string> RowsOfTheories() => Tests().SelectMany(static test => Inline(test).Concat(Members(test)));

    private static IEnumerable<string> Inline(MethodInfo test) =>
        test.GetCustomAttributes<InlineDataAttribute>().Select(static row => row.Data[0]).OfType<string>();

    private static IEnumerable<string> Members(MethodInfo test) => test.GetCustomAttributes<MemberDataAttribute>()
        .Select(member => (member.MemberType ?? test.DeclaringType!).GetProperty(member.MemberName)?.GetValue(null)).OfType<IEnumerable>()
        .SelectMany(static rows => rows.OfType<ITheoryDataRow>().Select(static row => row.GetData()[0])).OfType<string>();

    private static IEnumerable<string> TraitsEndToEnd() => File.ReadLines(Repository.Path("tests", "Hypergate.EndToEnd", "ScriptWorkerTests.cs"))
        .Select(static line => line.Trim().Split('"')).Where(static parts => parts is ["[Trait(", Trait, _, _, _]).Select(static parts => parts[3]);
}
