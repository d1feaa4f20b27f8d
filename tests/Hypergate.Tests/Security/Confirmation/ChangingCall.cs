namespace Hypergate.Tests.Security.Confirmation;

/// <summary>One call of each form in which a guest can be changed, and the same call with one thing different.</summary>
/// <param name="Arguments">Of the tool <c>vms_action</c>.</param>
/// <param name="Changed">The same operation with another argument.</param>
/// <param name="Vms">The guests that one of both names.</param>
internal sealed record ChangingCall(string Arguments, string Changed, params IReadOnlyList<string> Vms)
{
    public const string Tool = "vms_action";

    public static IReadOnlyList<string> Forms { get; } = ["power", "destruction", "body", "path"];

    public static ChangingCall Of(string form, string vm, string other) => form switch
    {
        "power" => new($$"""{"operation":"StartVm","id":"{{vm}}"}""", $$"""{"operation":"StartVm","id":"{{other}}"}""", vm, other),
        "destruction" => new($$"""{"operation":"DeleteVm","id":"{{vm}}"}""", $$"""{"operation":"DeleteVm","id":"{{other}}"}""", vm, other),
        "body" => new(
            $$$"""{"operation":"UpdateVm","id":"{{{vm}}}","body":{"nameDescription":"one","autoPoweron":false}}""",
            $$$"""{"operation":"UpdateVm","id":"{{{vm}}}","body":{"nameDescription":"one","autoPoweron":true}}""",
            vm),
        "path" => new(
            $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}""",
            $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"two"}""",
            vm),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such form."),
    };
}
