"""Start of the frozen window."""

import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()  # the computing process is this program started again
    from bomexposure.cli import main_gui

    main_gui()
