using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Commands that were not answered yet, in turn; at most <see cref="Limits.MessagesInFlight"/>.</summary>
/// <typeparam name="T">What is known of a command.</typeparam>
internal sealed class PendingCommands<T>
    where T : class
{
    private readonly LinkedList<T> _queue = new();

    /// <summary>Gets the command that is answered next, or null.</summary>
    public T? Next => _queue.First?.Value;

    /// <summary>Gets how many there are.</summary>
    public int Count => _queue.Count;

    /// <summary>Adds a command; returns the oldest one if there are too many, which then is not answered any more.</summary>
    public T? Add(T command)
    {
        T? dropped = _queue.Count >= Limits.MessagesInFlight ? Take() : null;
        _queue.AddLast(command);
        return dropped;
    }

    /// <summary>Takes the command that is answered next, or null.</summary>
    public T? Take()
    {
        T? first = _queue.First?.Value;
        if (first is not null)
        {
            _queue.RemoveFirst();
        }

        return first;
    }

    /// <summary>Takes the first command that matches, or null: where answers say which command they are for.</summary>
    public T? Find(Predicate<T> matches)
    {
        for (LinkedListNode<T>? node = _queue.First; node is not null; node = node.Next)
        {
            if (matches(node.Value))
            {
                _queue.Remove(node);
                return node.Value;
            }
        }

        return null;
    }
}
