namespace Hypergate.Model;

/// <summary>Why a program does not compile.</summary>
/// <param name="Text">What is wrong.</param>
/// <param name="Line">Of the program, from 1; null where it is not known.</param>
/// <param name="Column">From 1; null where it is not known.</param>
public sealed record ProgramFault(string Text, int? Line, int? Column);
