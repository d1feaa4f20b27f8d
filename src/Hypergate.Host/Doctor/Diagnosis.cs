namespace Hypergate.Host.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Area"><c>settings</c>, <c>backend NAME</c>, <c>data</c> …</param>
/// <param name="Text">What was found. Never a secret.</param>
/// <param name="Advice">What to do; null where nothing is to be done.</param>
internal sealed record Diagnosis(string Area, Severity Severity, string Text, string? Advice = null)
{
    public static Diagnosis Fine(string area, string text) => new(area, Severity.Ok, text);

    public static Diagnosis Warn(string area, string text, string advice) => new(area, Severity.Warning, text, advice);

    public static Diagnosis Wrong(string area, string text, string advice) => new(area, Severity.Problem, text, advice);
}

/// <summary>How bad it is.</summary>
internal enum Severity
{
    Ok,
    Warning,
    Problem,
}
