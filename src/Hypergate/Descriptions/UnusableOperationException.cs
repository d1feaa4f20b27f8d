namespace Hypergate.Descriptions;

/// <summary>One operation that cannot be used; the reader drops it with the message as reason and goes on.</summary>
internal sealed class UnusableOperationException : Exception
{
    public UnusableOperationException()
    {
    }

    public UnusableOperationException(string message)
        : base(message)
    {
    }

    public UnusableOperationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
