"""Start of the frozen command line."""

import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()  # `bomexposure gui` computes in this program started again
    from bomexposure.cli import main

    main()
